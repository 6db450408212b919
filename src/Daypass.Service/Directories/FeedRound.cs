using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// One look at the feed, shared by all who wait for it. Its outcome is told as soon as it is known: true when the feed was read to its end,
/// false when the store failed or said nothing for too long (the look itself may still go on then).
/// </summary>
internal sealed class FeedRound(TimeProvider time, Action<FeedRound> onSilence)
{
    /// <summary>A store that says nothing for so long is away.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    /// <summary>A call that has had no answer for so long gets none.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _abandon = new();
    private readonly TaskCompletionSource<bool> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When it began: all that was committed before is seen by it. Set before the store is asked.</summary>
    public long Started { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>How many hints had come by then.</summary>
    public long Hints { get; private set; }

    /// <summary>Cancelled when the store has not answered for too long.</summary>
    public CancellationToken Abandoned => _abandon.Token;

    public bool IsAbandoned => _abandon.IsCancellationRequested;

    public Task<bool> Outcome => _outcome.Task;

    public void Begin(long hints) => (Started, StartedAt, Hints) = (time.GetTimestamp(), time.GetUtcNow(), hints);

    public void Tell(bool outcome) => _outcome.TrySetResult(outcome);

    /// <summary>Waits for an answer of the store; whoever waits for this round is released when it stays silent.</summary>
    /// <exception cref="StoreUnavailableException">There was no answer.</exception>
    public async Task<T> AnswerAsync<T>(Task<T> call)
    {
        if (!call.IsCompleted && !await IsDoneAsync(call, Silence))
        {
            onSilence(this);
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
        await call.WaitAsync(limit, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return call.IsCompleted;
    }
}
