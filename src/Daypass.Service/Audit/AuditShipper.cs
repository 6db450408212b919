using System.Security.Cryptography;
using Daypass.Service.Stores;

namespace Daypass.Service.Audit;

/// <summary>
/// Brings the journal's events into the store, in order, within a second while the store answers. Owns: how far the store is told to be.
/// Called by: the server's start (one loop) and LookupEvents, which waits until all that was answered before it can be found.
/// </summary>
internal sealed class AuditShipper(AuditJournal journal, IStore store, TimeProvider time)
{
    // The larger a batch is, the more of its events share rows of the trail's index; but commits to the store wait for it.
    private const int MaxEntries = 8_000;
    private const int MaxBytes = 16 << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(5);

    private TaskCompletionSource _wake = Signal();
    private TaskCompletionSource _advanced = Signal();
    private bool _hasBegun;

    /// <summary>What the store is believed to have of this journal, under the node's id.</summary>
    private long _stored;
    private volatile bool _isDoubted;
    private int _failures;

    /// <summary>A moment as of which all that was durable is in the store.</summary>
    private long _wholeAt = time.GetTimestamp();
    private volatile Exception? _failure;

    /// <summary>How many events wait for the store.</summary>
    public long Backlog => Math.Max(0, journal.LastSequence - journal.ShippedSequence);

    /// <summary>How long the oldest event that waits has been waiting, at most; zero when none waits.</summary>
    public TimeSpan BacklogAge => Backlog == 0 ? TimeSpan.Zero : time.GetElapsedTime(Interlocked.Read(ref _wholeAt));

    /// <summary>Why the last attempt failed; null while the store takes what it is given.</summary>
    public Exception? Failure => _failure;

    /// <summary>Ships until cancelled. Nothing else ends it: after any failure it tries again, later and later.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!await ShipAsync(cancellationToken).ConfigureAwait(false))
                    await PauseAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _failure = e;
                await Task.Delay(Backoff(), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Waits until everything that was durable in the journal at the call, so all that was answered before it, is in the store.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) => WaitForAsync(journal.DurableSequence, cancellationToken);

    /// <summary>Waits until the store has the events up to a sequence.</summary>
    public async Task WaitForAsync(long sequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            var advanced = Volatile.Read(ref _advanced).Task;
            if (journal.ShippedSequence >= sequence)
                return;
            Volatile.Read(ref _wake).TrySetResult();
            await advanced.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The store may have been put back from a backup: it is asked what it has before anything else is shipped.</summary>
    public void Doubt()
    {
        _isDoubted = true;
        Volatile.Read(ref _wake).TrySetResult();
    }

    /// <summary>Ships one batch; true when there is enough for another at once.</summary>
    private async Task<bool> ShipAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LongestCall, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        await BeginAsync(limit.Token).ConfigureAwait(false);
        await CheckAsync(limit.Token).ConfigureAwait(false);
        var (asked, durable) = (time.GetTimestamp(), journal.DurableSequence);
        var entries = journal.Read(MaxEntries, MaxBytes);
        if (entries.Count > 0)
            await ShipAsync(entries, limit.Token).ConfigureAwait(false);
        if (journal.ShippedSequence >= durable)
            Interlocked.Exchange(ref _wholeAt, asked);
        (_failure, _failures) = (null, 0);
        return entries.Count == MaxEntries || journal.BacklogBytes >= MaxBytes;
    }

    private async Task ShipAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        var answer = await store.AppendAuditAsync(journal.Node, _stored, entries, cancellationToken).ConfigureAwait(false);
        if (answer.IsWritten)
            Advance(_stored = answer.Watermark);
        else
            await FindPlaceAsync(answer.Watermark, cancellationToken).ConfigureAwait(false);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_hasBegun)
            return;
        await FindPlaceAsync(await store.AuditWatermarkAsync(journal.Node, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        _hasBegun = true;
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (!_isDoubted)
            return;
        var watermark = await store.AuditWatermarkAsync(journal.Node, cancellationToken).ConfigureAwait(false);
        _isDoubted = false;
        if (watermark < _stored)
            await FindPlaceAsync(watermark, cancellationToken).ConfigureAwait(false);
    }

    // The store has another watermark than was believed: an answer was lost, or the store was put back from a backup; then its newest event is
    // one of this journal. Or there is a copy of this journal, on another node or as it was before a backup took its place, and the events are
    // the copy's: then this one leaves the id to it.
    private async Task FindPlaceAsync(long watermark, CancellationToken cancellationToken)
    {
        // What this journal has seen acknowledged needs no second look.
        var isOwn = watermark <= journal.ShippedSequence || watermark < journal.FirstKept
            || (watermark <= journal.DurableSequence && await IsStoredAsync(watermark, cancellationToken).ConfigureAwait(false));
        if (isOwn)
            journal.ResumeAfter(watermark);
        else
            journal.RenewNode(await CommonEndAsync(Math.Min(watermark, journal.DurableSequence), cancellationToken).ConfigureAwait(false));
        _stored = isOwn ? watermark : 0;
        Advance(journal.ShippedSequence);
    }

    // The newest entry up to a sequence that the store has. All before it are there as well, as what is behind them only came on top.
    private async Task<long> CommonEndAsync(long last, CancellationToken cancellationToken)
    {
        var known = Math.Max(journal.FirstKept - 1, journal.ShippedSequence);
        while (known < last)
        {
            var middle = last - ((last - known) / 2);
            if (await IsStoredAsync(middle, cancellationToken).ConfigureAwait(false))
                known = middle;
            else
                last = middle - 1;
        }
        return known;
    }

    private async Task<bool> IsStoredAsync(long sequence, CancellationToken cancellationToken)
    {
        if (journal.Find(sequence) is not { } sought)
            return false;
        var query = new AuditQuery
        {
            Account = sought.Account,
            Attribute = AuditAttribute.EventId,
            Value = sought.EventId,
            From = sought.Time,
            Until = sought.Time,
            PageSize = 1,
        };
        while (true)
        {
            var page = await store.FindAuditAsync(query, cancellationToken).ConfigureAwait(false);
            if (page.Events.Count > 0 || page.Next is null)
                return page.Events.Count > 0;
            query = query with { After = page.Next };
        }
    }

    private void Advance(long shipped)
    {
        journal.MarkShipped(shipped);
        Interlocked.Exchange(ref _advanced, Signal()).SetResult();
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        await _wake.Task.WaitAsync(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Volatile.Write(ref _wake, Signal());
    }

    // Spread by up to half, so that nodes do not come back to a store all at once.
    private TimeSpan Backoff()
    {
        var whole = Math.Min(LongestBackoff.TotalMilliseconds, 50 * Math.Pow(2, _failures++));
        return TimeSpan.FromMilliseconds(whole * (0.5 + RandomNumberGenerator.GetInt32(500) / 1000.0));
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
