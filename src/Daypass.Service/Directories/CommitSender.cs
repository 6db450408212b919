using System.Security.Cryptography;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// Sends a commit until its outcome is known. A commit that ends without one may have happened: it is sent again under the same id, and a
/// store that has it answers with where it stands and writes nothing. Called by: the directory cache.
/// </summary>
internal sealed class CommitSender(IStore store, TimeProvider time)
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestCall = TimeSpan.FromMilliseconds(250);
    private const double FirstPause = 20;
    private const double LongestPause = 500;

    /// <summary>The outcome.</summary>
    /// <param name="commit">What to write.</param>
    /// <param name="patience">How long to try.</param>
    /// <param name="isSameLife">
    /// Asked before each repetition: whether the store, looked at now, leads the life that the commit rests on. In another one its revisions
    /// mean something else, so there it is only asked for, never sent.
    /// </param>
    /// <exception cref="StoreUnavailableException">The outcome is not known.</exception>
    public async Task<CommitResult> SendAsync(Commit commit, TimeSpan patience, Func<Task<bool>> isSameLife)
    {
        var started = time.GetTimestamp();
        var isRepeated = false;
        for (var pause = FirstPause; ; pause = Math.Min(LongestPause, pause * 2))
        {
            var left = patience - time.GetElapsedTime(started);
            try
            {
                if (isRepeated && !await isSameLife())
                    return await FindAsync(commit, left);
                return await AnswerAsync(token => store.CommitAsync(commit, token), left);
            }
            catch (StoreUnavailableException) when (!store.IsExclusive && time.GetElapsedTime(started) < patience)
            {
                isRepeated = true;
                await Task.Delay(TimeSpan.FromMilliseconds(pause * (0.5 + RandomNumberGenerator.GetInt32(500) / 1000.0)), time, CancellationToken.None);
            }
        }
    }

    private async Task<CommitResult> FindAsync(Commit commit, TimeSpan left)
    {
        var found = await AnswerAsync(token => store.FindCommitAsync(commit.Id, token), left);
        return found is { } position ? new CommitResult(CommitOutcome.Committed, position) : new CommitResult(CommitOutcome.Conflict, default);
    }

    private async Task<T> AnswerAsync<T>(Func<CancellationToken, ValueTask<T>> call, TimeSpan left)
    {
        using var limit = new CancellationTokenSource(left < LongestCall ? left > ShortestCall ? left : ShortestCall : LongestCall, time);
        try
        {
            return await call(limit.Token).AsTask().WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new StoreUnavailableException("The store does not answer.");
        }
    }
}
