using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Audit;

public sealed class TrailReaderTests : IDisposable
{
    private static readonly AuditQuery Query = new() { Account = AccountId.Of(123456789012), PageSize = 50 };
    private readonly JournalFolder _folder = new();
    private readonly MemoryStore _store = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whatever_was_answered_before_is_found()
    {
        await using var journal = _folder.Open();
        var shipper = new AuditShipper(journal, _store, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var shipping = Task.Run(() => shipper.RunAsync(stop.Token), CancellationToken.None);
        var reader = new TrailReader(shipper, _store, () => journal.Node, TimeProvider.System);
        for (var number = 1; number <= 30; number++)
        {
            await journal.AppendAsync(AuditSamples.Event(number));
            Assert.Equal($"event-{number}", (await reader.FindAsync(Query, default))!.Events[0].EventId);
        }
        await stop.CancelAsync();
        await shipping;
    }

    [Fact]
    public async Task A_cursor_that_no_page_ended_with_finds_nothing_rather_than_the_beginning()
    {
        await using var journal = _folder.Open();
        var reader = new TrailReader(new AuditShipper(journal, _store, TimeProvider.System), _store, () => journal.Node, TimeProvider.System);
        Assert.Null(await reader.FindAsync(Query with { After = "made up" }, default));
    }

    [Fact]
    public async Task A_trail_whose_newest_events_have_not_arrived_is_not_shown_as_if_it_were_whole()
    {
        await using var journal = _folder.Open();
        await journal.AppendAsync(AuditSamples.Event(1));
        var time = new HurriedTime();
        // Nobody ships.
        var reader = new TrailReader(new AuditShipper(journal, _store, time), _store, () => journal.Node, time);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => reader.FindAsync(Query, default).AsTask());
    }

    [Fact]
    public async Task A_caller_that_goes_away_does_not_wait()
    {
        await using var journal = _folder.Open();
        await journal.AppendAsync(AuditSamples.Event(1));
        var reader = new TrailReader(new AuditShipper(journal, _store, TimeProvider.System), _store, () => journal.Node, TimeProvider.System);
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.FindAsync(Query, gone.Token).AsTask());
    }

    // Time whose timers are a thousand times too fast.
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, dueTime / 1000, period);
    }
}
