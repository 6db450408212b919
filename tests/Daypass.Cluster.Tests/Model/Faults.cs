using Daypass.Cluster.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Cluster.Tests.Model;

/// <summary>Does one bad thing after the other to nodes, links and the database, with pauses in which all of it can recover.</summary>
internal sealed class Faults(DaypassCluster cluster, Health health, Random chance)
{
    private readonly List<string> _done = [];

    public IReadOnlyList<string> Done => _done;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(chance.Next(500, 4000), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested)
                await BreakAsync();
        }
    }

    private async Task BreakAsync()
    {
        var victim = cluster.Any(chance);
        var kind = chance.Next(9);
        if (kind == 8)
        {
            await RotateAsync(victim);
            return;
        }
        IReadOnlyList<ClusterNode> affected = kind >= 6 ? cluster.Nodes : [victim];
        foreach (var node in affected)
            health.Begin(node.Number, isKilled: kind == 5);
        _done.Add($"{health.Now.TotalSeconds:0.00} s: {await DoAsync(kind, victim)}");
        foreach (var node in affected)
            health.End(node.Number);
    }

    /// <summary>No fault, and so nothing may come of it that anybody notices.</summary>
    private async Task RotateAsync(ClusterNode node)
    {
        foreach (var purpose in (string[])["session", "secret"])
        {
            var answer = await Answer.OfAsync(node.Administrator.DaypassAsync("RotateKeys", ("Purpose", purpose)));
            Assert.True(answer.Fate == Fate.Done || answer.Code is "EntityAlreadyExists" or "ServiceUnavailable", answer.ToString());
        }
        _done.Add($"{health.Now.TotalSeconds:0.00} s: keys rotated at node {node.Number}");
    }

    private async Task<string> DoAsync(int kind, ClusterNode victim)
    {
        switch (kind)
        {
            case 0:
                victim.Link.Cut();
                return $"link {victim.Number} cut";
            case 1:
                victim.Link.Strand();
                return $"link {victim.Number} reset on one side";
            case 2:
                victim.Link.CutAfter(toServer: chance.Next(1, 5000));
                await Task.Delay(100);
                return $"link {victim.Number} cut in the middle of a request";
            case 3:
                return await RefuseAsync(victim);
            case 4:
                return await FreezeAsync(victim);
            case 5:
                victim.Server.Kill();
                await victim.Server.RestartAsync();
                return $"node {victim.Number} killed and started again";
            case 6:
                await cluster.Postgres.StopAsync();
                await cluster.Postgres.StartAgainAsync();
                return "database restarted";
            default:
                cluster.Postgres.Kill();
                await cluster.Postgres.StartAgainAsync();
                return "database killed and started again";
        }
    }

    private async Task<string> FreezeAsync(ClusterNode victim)
    {
        var time = chance.Next(200, 2000);
        victim.Link.Freeze();
        await Task.Delay(time);
        if (chance.Next(2) == 0)
            victim.Link.Cut();
        victim.Link.Thaw();
        return $"link {victim.Number} frozen for {time} ms";
    }

    private async Task<string> RefuseAsync(ClusterNode victim)
    {
        var time = chance.Next(200, 1500);
        victim.Link.Refuse();
        victim.Link.Cut();
        await Task.Delay(time);
        victim.Link.Accept();
        return $"link {victim.Number} down for {time} ms";
    }
}
