using Daypass.Service.Audit;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Audit;

public sealed class AuditShipperTests : IDisposable
{
    private readonly JournalFolder _folder = new();
    private readonly AuditOnlyStore _store = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Events_are_in_the_store_within_a_second_unasked()
    {
        var time = new ManualTime();
        await using var running = Start(time);
        // It pauses: nobody tells it that there is something, and yet no more than a second passes.
        await time.AwaitedWithinAsync(TimeSpan.FromSeconds(1));
        await running.Journal.AppendAsync(1, 3);
        time.Advance(TimeSpan.FromSeconds(1));
        while (running.Shipper.Backlog > 0 || running.Journal.BacklogBytes > 0)
            await Task.Delay(10, _limit.Token);
        Assert.Equal(AuditSamples.Ids(1, 3), _store.Events);
    }

    [Fact]
    public async Task Draining_waits_until_all_that_was_appended_before_is_in_the_store()
    {
        await using var running = Start();
        for (var i = 1; i <= 20; i++)
        {
            await running.Journal.AppendAsync(AuditSamples.Event(i));
            await running.Shipper.DrainAsync(_limit.Token);
            Assert.Equal(AuditSamples.Ids(1, i), _store.Events);
        }
    }

    [Fact]
    public async Task A_large_backlog_is_shipped_in_order_and_in_bounded_batches()
    {
        _store.IsAway = true;
        await using var running = Start();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(w => running.Journal.AppendAsync(w * 100, w * 100 + 99)));
        var order = running.Journal.DurableSequence;
        Assert.Equal(20_000, order);
        _store.IsAway = false;
        await running.Shipper.DrainAsync(_limit.Token);
        Assert.Equal(20_000, _store.Events.Distinct().Count());
        Assert.Equal(20_000, _store.Events.Length);
        Assert.All(Enumerable.Range(0, 200), w => Assert.Equal(AuditSamples.Ids(w * 100, w * 100 + 99), _store.Events.Where(id => int.Parse(id[6..]) / 100 == w)));
        Assert.InRange(_store.LargestBatch, 1, 8_000);
    }

    [Fact]
    public async Task A_store_that_was_away_gets_everything_when_it_is_back_and_the_failure_is_told_meanwhile()
    {
        await using var running = Start();
        await running.Journal.AppendAsync(1, 2);
        await running.Shipper.DrainAsync(_limit.Token);
        _store.IsAway = true;
        await running.Journal.AppendAsync(3, 9);
        var draining = running.Shipper.DrainAsync(_limit.Token);
        while (running.Shipper.Failure is null)
            await Task.Delay(10, _limit.Token);
        Assert.False(draining.IsCompleted);
        Assert.Equal(7, running.Shipper.Backlog);
        _store.IsAway = false;
        await draining;
        Assert.Equal(AuditSamples.Ids(1, 9), _store.Events);
        await running.Journal.AppendAsync(10, 10);
        await running.Shipper.DrainAsync(_limit.Token);
        Assert.Null(running.Shipper.Failure);
    }

    [Fact]
    public async Task A_store_that_is_away_is_asked_less_and_less_often()
    {
        await using var running = Start();
        await running.Shipper.DrainAsync(_limit.Token);
        await running.Journal.AppendAsync(1, 1);
        _store.IsAway = true;
        await Task.Delay(TimeSpan.FromSeconds(2), _limit.Token);
        Assert.InRange(_store.Calls, 1, 9);
    }

    [Fact]
    public async Task An_answer_that_was_lost_does_not_store_an_event_twice()
    {
        await using var running = Start();
        _store.LosesNextAnswer = true;
        await running.Journal.AppendAsync(1, 5);
        await running.Shipper.DrainAsync(_limit.Token);
        Assert.Equal(AuditSamples.Ids(1, 5), _store.Events);
    }

    [Fact]
    public async Task After_a_restart_shipping_goes_on_where_the_store_is()
    {
        await using (var journal = _folder.Open())
        {
            await journal.AppendAsync(1, 6);
            await _store.AppendAuditAsync(journal.Node, 0, [.. journal.Read(4, int.MaxValue)], default);
        }
        await using var running = Start();
        await running.Journal.AppendAsync(7, 7);
        await running.Shipper.DrainAsync(_limit.Token);
        Assert.Equal(AuditSamples.Ids(1, 7), _store.Events);
    }

    [Fact]
    public async Task A_store_that_was_put_back_from_a_backup_gets_again_what_the_journal_still_has()
    {
        await using (var first = Start())
        {
            await first.Journal.AppendAsync(1, 4);
            await first.Shipper.DrainAsync(_limit.Token);
            _store.PutBack(first.Journal.Node, 2);
        }
        await using var running = Start();
        await running.Journal.AppendAsync(5, 5);
        await running.Shipper.DrainAsync(_limit.Token);
        Assert.Equal(AuditSamples.Ids(1, 5), _store.Events);
    }

    [Fact]
    public async Task A_journal_that_was_put_back_from_a_backup_loses_no_new_event_to_its_old_numbers()
    {
        await using (var journal = _folder.Open())
        {
            await journal.AppendAsync(1, 3);
            await _store.AppendAuditAsync(journal.Node, 0, [.. journal.Read(9, int.MaxValue)], default);
            _store.SetWatermark(journal.Node, 10);
        }
        await using (var running = Start())
        {
            await running.Journal.AppendAsync(4, 5);
            await running.Shipper.DrainAsync(_limit.Token);
            Assert.Equal(AuditSamples.Ids(1, 5), _store.Events);
        }
        await using var again = Start();
        await again.Journal.AppendAsync(6, 6);
        await again.Shipper.DrainAsync(_limit.Token);
        Assert.Equal(AuditSamples.Ids(1, 6), _store.Events);
    }

    [Fact]
    public async Task A_store_that_is_put_back_under_a_running_node_gets_again_what_the_journal_still_has()
    {
        await using var running = Start();
        await running.Journal.AppendAsync(1, 6);
        await running.Shipper.DrainAsync(_limit.Token);
        _store.PutBack(running.Journal.Node, 2);
        await running.Journal.AppendAsync(7, 8);
        await running.Shipper.DrainAsync(_limit.Token);
        await running.Journal.AppendAsync(9, 9);
        await running.Shipper.DrainAsync(_limit.Token);
        Assert.Equal(AuditSamples.Ids(1, 9), _store.Events);
    }

    [Fact]
    public async Task A_store_that_knows_nothing_of_a_running_node_gets_all_that_its_journal_still_has()
    {
        await using var running = Start();
        await running.Journal.AppendAsync(1, 3);
        await running.Shipper.DrainAsync(_limit.Token);
        _store.PutBack(running.Journal.Node, 0);
        await running.Journal.AppendAsync(4, 4);
        await running.Shipper.DrainAsync(_limit.Token);
        Assert.Equal(AuditSamples.Ids(1, 4), _store.Events);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(500)]
    public async Task A_store_that_has_other_events_under_a_running_nodes_numbers_loses_no_new_event(long watermark)
    {
        await using var running = Start();
        await running.Journal.AppendAsync(1, 3);
        await running.Shipper.DrainAsync(_limit.Token);
        var node = running.Journal.Node;
        _store.SetWatermark(node, watermark);
        await running.Journal.AppendAsync(4, 9);
        await running.Shipper.DrainAsync(_limit.Token);
        Assert.NotEqual(node, running.Journal.Node);
        Assert.Equal(AuditSamples.Ids(1, 9), _store.Events);
    }

    [Fact]
    public async Task An_answer_that_was_lost_while_more_arrives_stores_each_event_once_and_under_the_same_name()
    {
        await using var running = Start();
        var node = running.Journal.Node;
        for (var i = 1; i <= 30; i++)
        {
            _store.LosesNextAnswer = i % 3 == 0;
            await running.Journal.AppendAsync(i, i);
        }
        await running.Shipper.DrainAsync(_limit.Token);
        Assert.Equal(AuditSamples.Ids(1, 30), _store.Events);
        Assert.Equal(node, running.Journal.Node);
    }

    [Fact]
    public async Task Who_waits_can_stop_waiting()
    {
        _store.IsAway = true;
        await using var running = Start();
        await running.Journal.AppendAsync(1, 1);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Shipper.DrainAsync(soon.Token));
    }

    private Running Start(TimeProvider? time = null)
    {
        var journal = _folder.Open();
        return new Running(journal, new AuditShipper(journal, _store, time ?? TimeProvider.System));
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _loop;

        public Running(AuditJournal journal, AuditShipper shipper) => (Journal, Shipper, _loop) = (journal, shipper, shipper.RunAsync(_stop.Token));

        public AuditJournal Journal { get; }

        public AuditShipper Shipper { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _loop;
            await Journal.DisposeAsync();
            _stop.Dispose();
        }
    }
}
