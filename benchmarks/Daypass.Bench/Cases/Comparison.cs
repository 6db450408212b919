using Daypass.Bench.Api;
using Daypass.Bench.Micro;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Cases;

/// <summary>All that one run of <c>./bench</c> finds out.</summary>
internal sealed record Findings(
    Settings Settings, IReadOnlyList<Result> Results, double FirstAnswer, double IdleMegabytes, double SequentialWrites, double ConcurrentWrites, int EventBytes)
{
    public required Arrived Arrived { get; init; }

    /// <summary>CPU microseconds of the bare check of a token's signature, by algorithm.</summary>
    public required IReadOnlyDictionary<string, double> SignatureMicroseconds { get; init; }

    /// <summary>CPU microseconds of an AssumeRole call's event: its record, the journal's bytes, the store.</summary>
    public required double AuditMicroseconds { get; init; }
}

/// <summary>The run: servers, population, cases in turns, start and idle figures.</summary>
internal sealed class Comparison(Settings settings, string folder)
{
    private const int Starts = 5;
    private const string RevokedCase = "AssumeRole, 100,000 revocations active";
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private readonly Keys _administrator = DaypassServer.NewAdministrator();

    public async Task<Findings> RunAsync()
    {
        var data = Path.Combine(folder, "data");
        Say("populating");
        var (population, sequential, concurrent) = await PopulateAsync(data);
        Say("writing revocations");
        using var revoked = await Revoked.StartAsync(data, Path.Combine(folder, "revoked"), _administrator, population.Account);
        Say("starting");
        var firstAnswer = Median([.. Enumerable.Range(0, Starts).Select(_ => DaypassServer.TimeToFirstAnswer(data, _administrator))]);
        using var server = DaypassServer.Start(data, _administrator);
        var idle = await IdleAsync(server);
        await AssumeOnceAsync(server, population);
        await StsCases.CheckUprojectAsync(server, population);
        var eventBytes = server.LastEventBytes();
        using var floor = FloorCases.Start();
        using var durable = FloorCases.StartDurable(Path.Combine(folder, "floor"), eventBytes);
        var sessions = await Sessions.AssumeAsync(server.Client, population);
        using var saml = await SamlCases.RegisterAsync(server);
        using var service = await Sessions.StartServiceAsync(server, folder);
        using var hosts = await VerdictCases.StartServiceAsync(server, population, folder);
        using var identities = await WebIdentities.StartAsync(server);
        var cold = await MeasureAsync(settings with { Rounds = 1, Requests = Sessions.Count, Connections = ReadCases.Newcomers }, [ReadCases.FirstReads(service, sessions, settings.WarmUp)]);
        var results = await MeasureAsync(settings, [
            FloorCases.Of(FloorCases.Floor, floor, population),
            FloorCases.Of(FloorCases.Durable, durable, population),
            StsCases.GetCallerIdentity(server, population),
            StsCases.AssumeRole(server, population),
            StsCases.AssumeRoleOfUproject(server, population),
            StsCases.AssumeRoleWithTags(server, population),
            StsCases.AssumeRole(revoked, population, RevokedCase),
            StsCases.GetSessionToken(server, population),
            saml.Signed,
            saml.Encrypted,
            identities.Of("RS256"),
            identities.Of("ES256"),
            identities.BesideOneThatHangs(),
            StsCases.LookupEvents(server, _administrator),
            ReadCases.Reads(service, sessions),
            await VerdictCases.ReadsAsync(hosts, sessions),
            await VerdictCases.VerdictsAsync(server, sessions),
        ]);
        Say("at a constant rate");
        var most = results.FirstOrDefault(result => result.Name == "AssumeRole")?.Rate ?? 10_000;
        return new Findings(settings, [.. results, .. cold], firstAnswer, idle, sequential, concurrent, eventBytes)
        {
            Arrived = await Arrivals.MeasureAsync(settings, server, population, most),
            SignatureMicroseconds = new[] { "RS256", "ES256" }.ToDictionary(algorithm => algorithm, algorithm => MicroRunner.Measure(MicroToken.Bare(algorithm))),
            AuditMicroseconds = MicroCases.AuditMicroseconds(),
        };
    }

    private async Task<(Population Made, double Sequential, double Concurrent)> PopulateAsync(string data)
    {
        using var server = DaypassServer.Start(data, _administrator);
        server.Process.WaitUntilListening();
        return await Population.MakeAsync(server.Client);
    }

    // Idle is what stays after a first answer and a little time.
    private static async Task<double> IdleAsync(DaypassServer server)
    {
        server.Process.WaitUntilListening();
        await server.Client.StsAsync("GetCallerIdentity");
        await Task.Delay(Settling);
        return server.Process.ResidentMegabytes;
    }

    private static Task AssumeOnceAsync(DaypassServer server, Population population) => server.Client.StsAsync(
        population.Users[0], "AssumeRole",
        ("RoleArn", population.Roles[0]), ("RoleSessionName", "build-00000000"), ("DurationSeconds", "3600"), ("ExternalId", Population.ExternalId));

    /// <summary>Measures cases in turns.</summary>
    public static async Task<IReadOnlyList<Result>> MeasureAsync(Settings settings, IReadOnlyList<LoadCase> all)
    {
        LoadCase[] chosen = [.. all.Where(one => one.Name == FloorCases.Floor || one.Name.Contains(settings.Only, StringComparison.OrdinalIgnoreCase))];
        foreach (var one in chosen)
        {
            Say($"warming up: {one.Name}");
            await one.WarmUpAsync(settings);
        }
        for (var round = 1; round <= settings.Rounds; round++)
        {
            foreach (var one in chosen)
                Say($"round {round} of {settings.Rounds}: {one.Name}: {await one.MeasureAsync(settings)}");
        }
        return [.. chosen.Select(one => one.Result())];
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static void Say(string what) => Console.Error.WriteLine($"bench: {what}");
}
