using System.Security.Cryptography;
using Daypass.Service.Stores;

namespace Daypass.Service.Audit;

/// <summary>
/// Brings the journal's events into the store, in order, within a second while the store answers. Owns: how far the store is told to be.
/// Called by: the server's start (one loop) and LookupEvents, which waits until all that was answered before it can be found.
/// </summary>
internal sealed class AuditShipper(AuditJournal journal, IStore store, TimeProvider time)
{
    private const int MaxEntries = 2_000;
    private const int MaxBytes = 4 << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(5);

    private TaskCompletionSource _wake = Signal();
    private TaskCompletionSource _advanced = Signal();
    private bool _hasBegun;

    /// <summary>What the store is believed to have of this journal, under the node's id.</summary>
    private long _stored;

    /// <summary>The end of the longest batch whose outcome is not known; 0 when none is.</summary>
    private long _unanswered;
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

    // Only a batch whose answer was lost explains that the store has more than was believed; otherwise it has lost some of this journal's
    // events, or has some of another life of it: one of the two was put back from a backup.
    private async Task ShipAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        var (last, unanswered) = (entries[^1].Sequence, _unanswered);
        _unanswered = Math.Max(unanswered, last);
        var stored = await store.AppendAuditAsync(journal.Node, _stored, entries, cancellationToken).ConfigureAwait(false);
        _unanswered = 0;
        if (stored == last || (stored > _stored && stored <= unanswered))
            Advance(_stored = stored);
        else
            FindPlace(stored, isKnownLife: stored < _stored);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_hasBegun)
            return;
        var watermark = await store.AuditWatermarkAsync(journal.Node, cancellationToken).ConfigureAwait(false);
        FindPlace(watermark, isKnownLife: watermark <= journal.RecoveredSequence);
        _hasBegun = true;
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (!_isDoubted)
            return;
        var watermark = await store.AuditWatermarkAsync(journal.Node, cancellationToken).ConfigureAwait(false);
        _isDoubted = false;
        if (watermark < _stored)
            FindPlace(watermark, isKnownLife: true);
    }

    // The store knows best what it has. Is it ahead of the journal, the journal is an old copy whose next numbers are used up.
    private void FindPlace(long watermark, bool isKnownLife)
    {
        _stored = isKnownLife ? watermark : 0;
        if (isKnownLife)
            journal.ResumeAfter(watermark);
        else
            journal.RenewNode();
        Advance(journal.ShippedSequence);
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
