using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// One look at the feed, shared by all who wait for it. Its outcome is told as soon as it is known: true when the feed was read to its end,
/// false when the store failed or said nothing for too long (the look itself may still go on then).
/// </summary>
internal sealed class FeedRound(TimeProvider time, Action<FeedRound> onSilence)
{
    private FeedRound(FeedRound before)
        : this(before._time, before._onSilence) => _end = before._end;

    /// <summary>A store that says nothing for so long is away.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    /// <summary>A call that has had no answer for so long gets none.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(5);
    private readonly TimeProvider _time = time;
    private readonly Action<FeedRound> _onSilence = onSilence;
    private readonly CancellationTokenSource _abandon = new();
    private readonly TaskCompletionSource<bool> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When it began: all that was committed before is seen by it. Set before the store is asked.</summary>
    public long Started { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>How many hints had come by then.</summary>
    public long Hints { get; private set; }

    /// <summary>Cancelled when the store has not answered for too long.</summary>
    public CancellationToken Abandoned => _abandon.Token;

    public bool IsAbandoned => _abandon.IsCancellationRequested;

    public Task<bool> Outcome => _outcome.Task;

    /// <summary>How the look itself ended, which a slow store makes later than <see cref="Outcome"/>.</summary>
    public Task<bool> End => _end.Task;

    public void Begin(long hints) => (Started, StartedAt, Hints) = (_time.GetTimestamp(), _time.GetUtcNow(), hints);

    public void Tell(bool outcome) => _outcome.TrySetResult(outcome);

    /// <summary>A round in this one's place, for those who wait for its <see cref="End"/>: its <see cref="Outcome"/> was told early.</summary>
    public FeedRound Again() => new(this);

    /// <summary>The look is over, or will never begin.</summary>
    public void Finish(bool outcome)
    {
        _outcome.TrySetResult(outcome);
        _end.TrySetResult(outcome);
    }

    /// <summary>Waits for an answer of the store; whoever waits for this round is released when it stays silent.</summary>
    /// <exception cref="StoreUnavailableException">There was no answer.</exception>
    public async Task<T> AnswerAsync<T>(Task<T> call)
    {
        if (!call.IsCompleted && !await IsDoneAsync(call, Silence))
        {
            _onSilence(this);
            if (!await IsDoneAsync(call, GiveUpAfter - Silence))
            {
                await _abandon.CancelAsync();
                throw new StoreUnavailableException("The store does not answer.");
            }
        }
        return await call;
    }

    private async Task<bool> IsDoneAsync(Task call, TimeSpan limit)
    {
        await call.WaitAsync(limit, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return call.IsCompleted;
    }
}
