using Daypass.Cluster.Tests.Harness;
using Daypass.Testing;
using Xunit.Abstractions;

namespace Daypass.Cluster.Tests;

/// <summary>Connections break at any moment of a write, and its caller is never told anything false.</summary>
public sealed class UnknownOutcomes(ITestOutputHelper output)
{
    private const int Writers = 16;
    private const int Seed = 20261122;
    private const int FewWrites = 100;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal delegate Task Break(TcpLink link, Random chance);

    private static readonly Dictionary<string, Break> Ways = new()
    {
        ["cut"] = (link, _) => Done(link.Cut),
        ["cut in the middle of what it says"] = (link, chance) => Done(() => link.CutAfter(toServer: chance.Next(1, 4000))),
        ["cut in the middle of what it hears"] = (link, chance) => Done(() => link.CutAfter(toClient: chance.Next(1, 1000))),
        ["robbed of the answer to COMMIT"] = (link, _) => link.LoseAnswerTo("COMMIT").WaitAsync(TimeSpan.FromSeconds(1)).ContinueWith(_ => { }, TaskScheduler.Default),
    };

    // The server holds what such a connection has locked until it gives it up, after five seconds: now and then, or nothing else would happen.
    private const int CutsUntilOneIsStranded = 20;

    [ClusterFact]
    public async Task Every_acknowledged_write_is_there_every_refused_one_is_not_and_the_feed_has_no_holes()
    {
        var chance = new Random(Seed);
        await using var cluster = await DaypassCluster.StartAsync(await PostgresServer.SharedAsync(), 2);
        var ledger = new WriteLedger();
        var cuts = 0;
        await using var load = Load.Start(Writers, async (worker, number, _) => await ledger.CreateUserAsync(cluster.Nodes[(worker + number) % 2], $"u{worker}-{number}"));
        var begin = System.Diagnostics.Stopwatch.GetTimestamp();
        while (System.Diagnostics.Stopwatch.GetElapsedTime(begin) < Duration || (ledger.Acknowledged < FewWrites && System.Diagnostics.Stopwatch.GetElapsedTime(begin) < Patience))
        {
            await load.RunAsync(TimeSpan.FromMilliseconds(chance.Next(5, 120)));
            var link = cluster.Any(chance).Link;
            await (++cuts % CutsUntilOneIsStranded == 0 ? Done(link.Strand) : Ways.Values.ElementAt(chance.Next(Ways.Count))(link, chance));
        }
        await load.StopAsync();
        output.Figure($"{cuts} broken connections in {System.Diagnostics.Stopwatch.GetElapsedTime(begin).TotalSeconds:0} s under {Writers} writers (seed {Seed}): {ledger.Acknowledged} writes acknowledged, {ledger.Unknown} answered 503 or not at all; p99 {Report.Percentile(ledger.Times, 0.99)} ms");
        Assert.True(ledger.Acknowledged >= FewWrites, $"{ledger.Acknowledged} writes are too few to mean anything.");
        await ledger.VerifyAsync(cluster);
    }

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
