using System.Diagnostics;
using System.Globalization;
using Daypass.Cluster.Tests.Harness;
using Daypass.Testing;
using Xunit.Abstractions;

namespace Daypass.Cluster.Tests;

/// <summary>The primary dies under load and its synchronous standby takes over: nothing acknowledged is lost, and hot accounts do not notice.</summary>
public sealed class Failover(ITestOutputHelper output)
{
    /// <summary>So many before it and after it, or it means nothing.</summary>
    private const int FewWrites = 50;

    [ClusterFact]
    public async Task A_synchronous_standby_takes_over_without_a_lost_write_or_a_failed_session()
    {
        await using var primary = await PostgresServer.StartAsync("synchronous_commit = on");
        await using var standby = await primary.StartStandbyAsync("standby1");
        await primary.ExecuteAsync("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'standby1'");
        await primary.ExecuteAsync("postgres", "SELECT pg_reload_conf()");
        await SynchronousAsync(primary);
        // No links between: every node knows both servers and takes the one that is the primary.
        var hosts = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Target Session Attributes=primary");
        await using var cluster = await DaypassCluster.StartAsync(primary, 2, hosts, []);
        var hot = await HotLoad.PrepareAsync(cluster, "hot");
        var ledger = new WriteLedger();
        var firstWrite = 0L;
        var promoted = long.MaxValue;
        await using var issuers = Load.Start(8, hot.StepAsync);
        await using var writers = Load.Start(8, async (worker, number, _) =>
        {
            var begin = Stopwatch.GetTimestamp();
            var answer = await ledger.CreateUserAsync(cluster.Nodes[(worker + number) % 2], $"u{worker}-{number}");
            if (answer.Fate == Fate.Done && begin > Interlocked.Read(ref promoted))
                Interlocked.CompareExchange(ref firstWrite, Stopwatch.GetTimestamp(), 0);
            else if (answer.Fate != Fate.Done)
                await Task.Delay(10, CancellationToken.None);
        });

        await writers.RunUntilAsync(() => ledger.Acknowledged >= FewWrites);
        var before = ledger.Acknowledged;
        primary.Kill();
        var killed = Stopwatch.GetTimestamp();
        await issuers.RunAsync(TimeSpan.FromSeconds(1));
        Interlocked.Exchange(ref promoted, Stopwatch.GetTimestamp());
        await standby.PromoteAsync();
        var asked = Stopwatch.GetElapsedTime(Interlocked.Read(ref promoted));
        await writers.RunUntilAsync(() => ledger.Acknowledged >= before + FewWrites);
        await writers.StopAsync();
        await issuers.StopAsync();

        Assert.Empty(hot.Failures);
        cluster.Postgres = standby;
        await ledger.VerifyAsync(cluster);
        hot.Verify(await Trail.ReadAsync(cluster));
        output.Figure($"failover: primary killed, standby told to take over after {Stopwatch.GetElapsedTime(killed, Interlocked.Read(ref promoted)).TotalSeconds:0.0} s, done {asked.TotalMilliseconds:0} ms later; the first write works {Stopwatch.GetElapsedTime(Interlocked.Read(ref promoted), firstWrite).TotalMilliseconds:0} ms after it was told; {before} writes before it, {ledger.Acknowledged - before} after it, 0 lost, {ledger.Unknown} unknown; {hot.Count} hot calls, {hot.Failures.Count} failed, slowest {hot.Times.Max().TotalMilliseconds:0} ms");
    }

    private static async Task SynchronousAsync(PostgresServer primary)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            if ((await primary.ExecuteAsync("postgres", "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")).Trim() == "1")
                return;
            await Task.Delay(50);
        }
        Assert.Fail("The standby never became synchronous.");
    }
}
