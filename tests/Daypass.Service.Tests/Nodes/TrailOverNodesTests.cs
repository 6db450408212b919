using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Nodes;

/// <summary>LookupEvents over several nodes: the whole trail, or a word about what may be missing. Never a silent hole.</summary>
public sealed class TrailOverNodesTests
{
    private static readonly AuditQuery Query = new() { Account = AccountId.Of(123456789012), PageSize = 50 };
    private readonly MemoryStore _store = new();

    [Fact]
    public async Task What_one_node_answered_is_found_at_another_the_moment_after()
    {
        await using var a = await new TestNode(_store, "a").StartAsync();
        await using var b = await new TestNode(_store, "b").StartAsync();
        for (var number = 1; number <= 5; number++)
        {
            await a.AnswerAsync(number);
            var page = await b.Reader.FindAsync(Query, default);
            Assert.Equal($"event-{number}", page!.Events[0].EventId);
            Assert.Empty(page.MissingNodes);
        }
    }

    [Fact]
    public async Task A_node_that_crashed_with_events_in_its_journal_is_named_until_it_is_forgotten()
    {
        await using var a = await new TestNode(_store, "a").StartAsync();
        await using var b = await new TestNode(_store, "b").StartAsync();
        await a.CrashAsync();
        await a.AnswerAsync(1);
        var page = await b.Reader.FindAsync(Query, default);
        Assert.Empty(page!.Events);
        Assert.Equal(a.Journal.Node, Assert.Single(page.MissingNodes).Node);

        await _store.RemoveNodeAsync(a.Journal.Node, default);
        Assert.Empty((await b.Reader.FindAsync(Query, default))!.MissingNodes);
    }

    [Fact]
    public async Task However_many_wait_for_a_node_the_store_is_asked_for_it_as_often_as_for_one()
    {
        await using var a = await new TestNode(_store, "a").StartAsync(reports: false);
        await using var b = await new TestNode(_store, "b").StartAsync();
        var asked = 0;
        _store.OnCall = call =>
        {
            if (call == "nodes")
                Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        };
        var pages = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => b.Reader.FindAsync(Query, default).AsTask()));
        Assert.All(pages, page => Assert.Equal(a.Journal.Node, Assert.Single(page!.MissingNodes).Node));
        // Three seconds at twenty a second are sixty for one of them, and twelve thousand for each by itself.
        Assert.InRange(asked, 10, 1000);
    }

    [Fact]
    public async Task A_node_that_has_been_missing_for_long_keeps_nobody_waiting()
    {
        await using var a = await new TestNode(_store, "a").StartAsync(reports: false);
        _store.ClockAhead = TimeSpan.FromSeconds(11);
        await using var b = await new TestNode(_store, "b").StartAsync();
        var asked = 0;
        _store.OnCall = call =>
        {
            if (call == "nodes")
                Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        };
        var page = await b.Reader.FindAsync(Query, default);
        Assert.Equal(a.Journal.Node, Assert.Single(page!.MissingNodes).Node);
        // Who waits asks again and again.
        Assert.InRange(asked, 1, 2);
    }

    [Fact]
    public async Task A_node_that_leaves_has_shipped_all_and_is_missed_by_nobody()
    {
        await using var a = await new TestNode(_store, "a").StartAsync(reports: false);
        await using var b = await new TestNode(_store, "b").StartAsync();
        await a.AnswerAsync(1);
        await a.Shipper.DrainAsync(default);
        await a.Reporter.LeaveAsync(default);
        var page = await b.Reader.FindAsync(Query, default);
        Assert.Equal("event-1", Assert.Single(page!.Events).EventId);
        Assert.Empty(page.MissingNodes);
    }

    [Fact]
    public async Task A_node_that_could_not_ship_all_does_not_leave()
    {
        await using var a = new TestNode(_store, "a");
        await a.Reporter.RegisterAsync(default);
        await a.AnswerAsync(1);
        await a.Reporter.LeaveAsync(default);
        Assert.Single((await _store.NodesAsync(default)).Nodes);
    }

    [Fact]
    public async Task A_store_whose_clock_went_back_does_not_make_old_promises_good_for_new_questions()
    {
        _store.ClockAhead = TimeSpan.FromHours(1);
        await using var a = await new TestNode(_store, "a").StartAsync(reports: false);
        await a.Reporter.ReportOnceAsync(default);
        _store.ClockAhead = TimeSpan.Zero;
        await a.CrashAsync();
        await a.AnswerAsync(1);
        await using var b = await new TestNode(_store, "b").StartAsync();
        Assert.Equal(a.Journal.Node, Assert.Single((await b.Reader.FindAsync(Query, default))!.MissingNodes).Node);
    }

    [Fact]
    public async Task A_node_of_an_exclusive_store_waits_for_nobody_and_keeps_no_registry()
    {
        var store = new MemoryStore { IsExclusive = true };
        await using var a = await new TestNode(store, "a").StartAsync();
        await a.AnswerAsync(1);
        Assert.Single((await a.Reader.FindAsync(Query, default))!.Events);
        Assert.Empty((await store.NodesAsync(default)).Nodes);
    }
}
