using Daypass.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace Daypass.Cluster.Tests;

/// <summary><c>kill -9</c> of every process of PostgreSQL under load: what was acknowledged survives its recovery.</summary>
public sealed class TheDatabaseIsKilled(ITestOutputHelper output)
{
    private const int Kills = 3;

    [ClusterFact]
    public async Task Nothing_acknowledged_is_lost_when_the_database_is_killed_under_load()
    {
        var chance = new Random(20261122);
        await using var world = await OwnPostgres.StartAsync(2);
        var hot = await HotLoad.PrepareAsync(world.Cluster, "hot");
        var ledger = new WriteLedger();
        await using var issuers = Load.Start(8, hot.StepAsync);
        await using var writers = Load.Start(8, async (worker, number, _) =>
        {
            if ((await ledger.CreateUserAsync(world.Cluster.Nodes[(worker + number) % 2], $"u{worker}-{number}")).Fate != Fate.Done)
                await Task.Delay(10, CancellationToken.None);
        });
        for (var i = 0; i < Kills; i++)
        {
            var enough = ledger.Acknowledged + chance.Next(20, 60);
            await writers.RunUntilAsync(() => ledger.Acknowledged >= enough);
            world.Postgres.Kill();
            await issuers.RunAsync(TimeSpan.FromMilliseconds(chance.Next(100, 600)));
            await world.Postgres.StartAgainAsync();
        }
        await writers.RunAsync(TimeSpan.FromSeconds(1));
        await writers.StopAsync();
        await issuers.StopAsync();
        output.Figure($"PostgreSQL killed {Kills} times under load: {ledger.Acknowledged} writes acknowledged and 0 lost, {ledger.Unknown} unknown; {hot.Count} hot calls, {hot.Failures.Count} failed, slowest {hot.Times.Max().TotalMilliseconds:0} ms");
        Assert.Empty(hot.Failures);
        await ledger.VerifyAsync(world.Cluster);
        hot.Verify(await Trail.ReadAsync(world.Cluster));
    }
}
