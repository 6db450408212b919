using Daypass.Service.Stores;

namespace Daypass.Storage.Tests;

/// <summary>The registry of nodes.</summary>
public abstract class NodeContract : StoreContract
{
    private static NodeReport Report(string node, DateTimeOffset? shippedUntil = null, long applied = 7) => new(node, $"machine:8450/{node}", "0.1.0", applied, shippedUntil);

    [Fact]
    public async Task A_report_comes_back_whole_with_the_time_that_the_store_told()
    {
        var first = await Store.ReportNodeAsync(Report("n"), default);
        var list = await Store.NodesAsync(default);
        Assert.Equal([new NodeStatus(Report("n"), first)], list.Nodes);
        Assert.True(list.Now >= first);
        var second = await Store.ReportNodeAsync(Report("n", first, applied: 9), default);
        Assert.Equal([new NodeStatus(Report("n", first, applied: 9), second)], (await Store.NodesAsync(default)).Nodes);
    }

    [Fact]
    public async Task What_a_report_leaves_open_stays_as_it_was_told_before()
    {
        var moment = await Store.ReportNodeAsync(Report("n"), default);
        await Store.ReportNodeAsync(Report("n", moment), default);
        await Store.ReportNodeAsync(Report("n", null, applied: 8), default);
        var node = Assert.Single((await Store.NodesAsync(default)).Nodes);
        Assert.Equal(Report("n", moment, applied: 8), node.Report);
    }

    [Fact]
    public async Task A_node_that_is_removed_is_gone_and_no_other()
    {
        foreach (var node in (string[])["n", "N", "m"])
            await Store.ReportNodeAsync(Report(node), default);
        await Store.RemoveNodeAsync("n", default);
        await Store.RemoveNodeAsync("never there", default);
        Assert.Equal(["N", "m"], (await Store.NodesAsync(default)).Nodes.Select(node => node.Report.Node).Order(StringComparer.Ordinal));
    }
}
