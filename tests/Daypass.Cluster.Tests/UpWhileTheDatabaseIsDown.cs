using System.Collections.Concurrent;
using System.Net;
using Daypass.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace Daypass.Cluster.Tests;

/// <summary>With the database gone in each of the ways that it can go, hot accounts go on without one failed request, and nothing of it is lost.</summary>
public sealed class UpWhileTheDatabaseIsDown(UpWhileTheDatabaseIsDown.Shared shared, ITestOutputHelper output) : IClassFixture<UpWhileTheDatabaseIsDown.Shared>
{
    /// <summary>The database of the outages after which everything goes on as before.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        public OwnPostgres World { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            if (Testing.PostgresServer.Programs is not null)
                World = await OwnPostgres.StartAsync(2);
        }

        public async Task DisposeAsync() => await (World?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private const int Workers = 16;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("DAYPASS_OUTAGE_SECONDS") is { } seconds ? int.Parse(seconds) : 3);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(12);

    internal delegate Task Act(OwnPostgres world);

    private static readonly Dictionary<string, (Act Begin, Act End)> Ways = new()
    {
        ["stopped"] = (world => world.Postgres.StopAsync(), world => world.Postgres.StartAgainAsync()),
        ["crashed"] = (world => world.Postgres.StopAsync(immediately: true), world => world.Postgres.StartAgainAsync()),
        ["suspended"] = (world => Done(world.Suspend), world => Done(world.Resume)),
        ["black-holed"] = (world => Done(() => Links(world, link => link.Freeze())), world => Done(() => Links(world, link => link.Thaw()))),
    };

    public static TheoryData<string> What => [.. Ways.Keys];

    [ClusterTheory]
    [MemberData(nameof(What))]
    public async Task Hot_accounts_go_on_and_writes_say_come_again(string what)
    {
        var world = shared.World;
        var hot = await HotLoad.PrepareAsync(world.Cluster, $"hot-{what}");
        var ledger = new WriteLedger();
        var writes = new ConcurrentBag<Answer>();
        await using var load = Load.Start(Workers, hot.StepAsync);
        await load.RunAsync(TimeSpan.FromSeconds(0.5));

        await Ways[what].Begin(world);
        var before = hot.Count;
        await using (var writers = Load.Start(2, async (worker, number, _) => writes.Add(await ledger.CreateUserAsync(world.Cluster.Nodes[worker], $"{what}{worker}-{number}"))))
        {
            await load.RunAsync(Outage);
            // On a busy machine longer: until it was enough to mean anything.
            await load.RunUntilAsync(() => hot.Count - before > 100 && writes.Any(answer => answer.HasRetryHint));
            var during = hot.Count - before;
            await Ways[what].End(world);
            await writers.StopAsync();
            output.Figure($"database {what} for {Outage.TotalSeconds} s: {during} hot calls answered, {hot.Failures.Count} failed, slowest {hot.Times.Max().TotalMilliseconds:0} ms; {writes.Count} writes, slowest {ledger.Slowest.TotalMilliseconds:0} ms");
        }
        Assert.Empty(hot.Failures);
        Assert.All(writes, answer => Assert.True(answer.Fate == Fate.Done || answer.HasRetryHint, answer.ToString()));
        Assert.Contains(writes, answer => answer.HasRetryHint);
        Assert.True(ledger.Slowest < LongestWait, $"A write waited for {ledger.Slowest}.");

        await WritesWorkAsync(world.Cluster, ledger, $"after-{what}");
        await load.StopAsync();
        Assert.Empty(hot.Failures);
        hot.Verify(await Trail.ReadAsync(world.Cluster));
        await ledger.VerifyAsync(world.Cluster);
    }

    [ClusterFact(Programs.HaProxyName)]
    public async Task A_balancer_keeps_the_nodes_while_the_database_is_down()
    {
        var world = shared.World;
        await using var proxy = await HaProxy.StartAsync(world.Cluster);
        var client = new Testing.SigningClient(proxy.Endpoint, Testing.DaypassServer.AccessKeyId, Testing.DaypassServer.Secret);
        await using var load = Load.Start(4, async (_, _, cancellationToken) =>
        {
            var answer = await Answer.OfAsync(client.StsAsync("GetSessionToken"));
            Assert.True(answer.Fate == Fate.Done, answer.ToString());
            await Task.Delay(5, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await load.RunAsync(TimeSpan.FromSeconds(0.5));
        await world.Postgres.StopAsync();
        await load.RunAsync(Outage);
        using (var http = new HttpClient())
        {
            // The balancer has patience with a busy machine, and would not see it if this waited for the database.
            foreach (var node in world.Cluster.Nodes)
                Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(node.Server.Endpoint, "/health/ready"))).StatusCode);
        }
        await world.Postgres.StartAgainAsync();
        await load.RunAsync(TimeSpan.FromSeconds(1));
        await load.StopAsync();
    }

    [ClusterFact]
    public async Task Killed_nodes_lose_nothing_that_they_answered_while_the_database_was_down()
    {
        var chance = new Random(20261122);
        await using var world = await OwnPostgres.StartAsync(2);
        var hot = await HotLoad.PrepareAsync(world.Cluster, "hot");
        await using var load = Load.Start(Workers, hot.StepAsync);
        for (var round = 0; round < 3; round++)
        {
            var victim = world.Cluster.Any(chance);
            await load.RunAsync(TimeSpan.FromMilliseconds(chance.Next(100, 500)));
            await world.Postgres.StopAsync(immediately: round % 2 == 0);
            await load.RunAsync(TimeSpan.FromMilliseconds(chance.Next(300, 1000)));
            hot.ExpectDown(victim);
            victim.Server.Kill();
            await load.RunAsync(TimeSpan.FromMilliseconds(chance.Next(100, 400)));
            await world.Postgres.StartAgainAsync();
            // Sometimes it comes back while the other one ships what it has.
            await victim.Server.RestartAsync();
            await hot.StepAsync(Workers + victim.Number, 0, CancellationToken.None);
            hot.ExpectUp(victim);
        }
        await load.StopAsync();
        Assert.Empty(hot.Failures);
        hot.Verify(await Trail.ReadAsync(world.Cluster));
        output.Figure($"3 outages with a node killed in each: {hot.Count} answers, every one in the trail once, in order");
    }

    [ClusterFact]
    public async Task After_the_longest_staleness_everything_waits_for_the_database()
    {
        // Far more than the second of load and what a busy machine makes of it.
        var longest = TimeSpan.FromSeconds(10);
        await using var world = await OwnPostgres.StartAsync(2, "--max-staleness", "10");
        var hot = await HotLoad.PrepareAsync(world.Cluster, "hot");
        await world.Postgres.StopAsync();
        var stopped = System.Diagnostics.Stopwatch.GetTimestamp();
        while (System.Diagnostics.Stopwatch.GetElapsedTime(stopped) < TimeSpan.FromSeconds(1.5))
            await hot.StepAsync(0, 0, CancellationToken.None);
        Assert.Empty(hot.Failures);

        await Task.Delay(longest);
        foreach (var node in world.Cluster.Nodes)
        {
            foreach (var call in (Task<Testing.ApiReply>[])[node.Administrator.AssumeAsync(hot.Role), node.Administrator.WhoAsync(), node.Administrator.LeaseAsync(node.Administrator), node.Administrator.IamAsync("GetUser")])
            {
                var answer = await Answer.OfAsync(call);
                Assert.True(answer.HasRetryHint, answer.ToString());
            }
        }

        await world.Postgres.StartAgainAsync();
        await WritesWorkAsync(world.Cluster, new WriteLedger(), "after");
        await hot.StepAsync(0, 0, CancellationToken.None);
        await hot.StepAsync(1, 1, CancellationToken.None);
        Assert.Empty(hot.Failures);
        hot.Verify(await Trail.ReadAsync(world.Cluster));
    }

    /// <summary>Through every node, within a few seconds.</summary>
    private async Task WritesWorkAsync(DaypassCluster cluster, WriteLedger ledger, string prefix)
    {
        var begin = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (var node in cluster.Nodes)
        {
            for (var attempt = 0; (await ledger.CreateUserAsync(node, $"{prefix}-{node.Number}-{attempt}")).Fate != Fate.Done; attempt++)
            {
                Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(15), $"Node {node.Number} does not write again.");
                await Task.Delay(20);
            }
        }
        output.Figure($"  writes work again at every node {System.Diagnostics.Stopwatch.GetElapsedTime(begin).TotalMilliseconds:0} ms after that");
    }

    private static void Links(OwnPostgres world, Action<Testing.TcpLink> act)
    {
        foreach (var node in world.Cluster.Nodes)
            act(node.Link);
    }

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
