using System.Diagnostics;
using Daypass.Bench.Api;
using Daypass.Bench.Cases;
using Daypass.Bench.Servers;
using Daypass.Storage.Sqlite;

namespace Daypass.Bench.Scale;

/// <summary>Milliseconds: of a first call to what was not in memory, and of the next one.</summary>
internal readonly record struct FirstAndNext(double First, double Next);

/// <summary>All that one run of <c>./bench scale</c> finds out. Times in milliseconds, memory in MB, or in bytes for what a user takes.</summary>
internal sealed record ScaleFindings(ScaleSettings Settings)
{
    public double SmallStart { get; init; }

    public double BigStart { get; init; }

    public double SmallIdle { get; init; }

    public double BigIdle { get; init; }

    /// <summary>Resident with the big account in memory.</summary>
    public double BigLoaded { get; init; }

    public required HeldMemory WithKeys { get; init; }

    public required HeldMemory WithoutKeys { get; init; }

    public FirstAndNext ColdSmall { get; init; }

    public FirstAndNext ColdBig { get; init; }

    public required IReadOnlyList<Result> Rates { get; init; }

    public double SmallWrite { get; init; }

    public double BigWrite { get; init; }
}

/// <summary>The run: a small and a big installation, and servers on both, measured in turns.</summary>
internal sealed class ScaleRun(ScaleSettings settings, string folder)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private readonly Keys _administrator = DaypassServer.NewAdministrator();
    private readonly string _small = Path.Combine(folder, "small");
    private readonly string _big = Path.Combine(folder, "big");

    public async Task<ScaleFindings> RunAsync()
    {
        Say("populating the small installation");
        var population = await PopulateAsync();
        Say("writing the big installation");
        await SeedAsync();
        Say("measuring what an account takes");
        var (withKeys, withoutKeys) = await MeasureMemoryAsync();
        Say("starting");
        var (smallStart, bigStart) = (Start(_small), Start(_big));
        using var small = DaypassServer.Start(_small, _administrator);
        using var big = DaypassServer.Start(_big, _administrator);
        var (smallIdle, bigIdle) = (await IdleAsync(small), await IdleAsync(big));
        var callers = new BigCallers(big.Client, settings);
        Say("first calls");
        var coldBig = await callers.ColdAsync(Seed.Big);
        await Task.Delay(Settling);
        var bigLoaded = big.Process.ResidentMegabytes;
        var coldSmall = await callers.ColdSmallAsync();
        Say("keys for the callers");
        var cases = new[]
        {
            StsCases.AssumeRole(small, population, ScaleTable.SmallCase),
            StsCases.AssumeRole(big, await callers.OfBigAccountAsync(Population.UserCount, 1), ScaleTable.SameCallers),
            StsCases.AssumeRole(big, await callers.OfBigAccountAsync(settings.Callers, 0), ScaleTable.MoreCallers),
            StsCases.AssumeRole(big, await callers.OfManyAccountsAsync(), ScaleTable.ManyAccounts),
        };
        var rates = await Comparison.MeasureAsync(settings.Load, cases);
        Say("writes");
        var (smallWrite, bigWrite) = await WritesAsync(small.Client, callers);
        return new ScaleFindings(settings)
        {
            SmallStart = smallStart, BigStart = bigStart, SmallIdle = smallIdle, BigIdle = bigIdle, BigLoaded = bigLoaded, WithKeys = withKeys, WithoutKeys = withoutKeys,
            ColdSmall = coldSmall, ColdBig = coldBig, Rates = rates, SmallWrite = smallWrite, BigWrite = bigWrite,
        };
    }

    private async Task<Population> PopulateAsync()
    {
        using var server = DaypassServer.Start(_small, _administrator);
        server.Process.WaitUntilListening();
        return (await Population.MakeAsync(server.Client)).Made;
    }

    private async Task SeedAsync()
    {
        string account;
        using (var server = DaypassServer.Start(_big, _administrator))
        {
            server.Process.WaitUntilListening();
            account = ApiClient.ValueOf(await server.Client.StsAsync("GetCallerIdentity"), "Account");
        }
        await Seed.WriteAsync(_big, account, settings);
    }

    private async Task<(HeldMemory WithKeys, HeldMemory WithoutKeys)> MeasureMemoryAsync()
    {
        await using var store = SqliteStore.Open(_big, TimeProvider.System);
        return ((await HeldMemory.MeasureAsync(store, Seed.Big)).Each(settings.Users), (await HeldMemory.MeasureAsync(store, Seed.Keyless)).Each(settings.Users));
    }

    private double Start(string data) => Median(Enumerable.Range(0, settings.Starts).Select(_ => DaypassServer.TimeToFirstAnswer(data, _administrator)));

    private static async Task<double> IdleAsync(DaypassServer server)
    {
        server.Process.WaitUntilListening();
        await server.Client.StsAsync("GetCallerIdentity");
        await Task.Delay(Settling);
        return server.Process.ResidentMegabytes;
    }

    // In turns, one write after the other: the quota of users is used up in the big account, so the write is one that changes a user.
    private async Task<(double Small, double Big)> WritesAsync(ApiClient small, BigCallers callers)
    {
        var (smallTimes, bigTimes) = (new List<double>(), new List<double>());
        var key = await callers.EnterAsync(Seed.Big);
        for (var i = 0; i < settings.Writes; i++)
        {
            smallTimes.Add(await TimeAsync(() => small.IamAsync("TagUser", TagOf(Population.NameOf(i % Population.UserCount), i))));
            bigTimes.Add(await TimeAsync(() => callers.Client.IamAsync(key, "TagUser", TagOf(SeededAccount.UserName(i * 317 % settings.Users), i))));
        }
        return (Median(smallTimes), Median(bigTimes));
    }

    private static (string Name, string Value)[] TagOf(string user, int i) =>
        [("UserName", user), ("Tags.member.1.Key", "round"), ("Tags.member.1.Value", $"{i}")];

    public static async Task<double> TimeAsync(Func<Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private static void Say(string what) => Console.Error.WriteLine($"bench scale: {what}");
}
