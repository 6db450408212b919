using System.Threading.Channels;
using Daypass.Service.Stores;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>
/// The one writer of a node. It takes all commits that wait and makes one transaction of them, so that many callers share two round trips
/// and one flush. When a group fails because of what is in it, its members go one by one, and only the one at fault fails.
/// </summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private const int MostInGroup = 256;
    private const long MostBytesInGroup = 8 << 20;

    private readonly PostgresPool _pool;
    private readonly TimeProvider _time;
    private readonly bool _notifies;
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    public PostgresWriter(PostgresPool pool, TimeProvider time, bool notifies)
    {
        (_pool, _time, _notifies) = (pool, time, notifies);
        _writing = Task.Run(RunAsync);
    }

    /// <summary>A token is heard until the write begins, never after, so that a caller is not told "cancelled" of something that happened.</summary>
    public Task<CommitResult> WriteAsync(Commit commit, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(commit, cancellationToken);
        if (!_waiting.Writer.TryWrite(waiting))
            throw new StoreUnavailableException("The store is closed.");
        return waiting.Result.Task;
    }

    /// <summary>Finishes what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (Take() is { Count: > 0 } group)
                await WriteAsync(group).ConfigureAwait(false);
        }
    }

    private List<Waiting> Take()
    {
        var (group, bytes) = (new List<Waiting>(), 0L);
        while (group.Count < MostInGroup && bytes < MostBytesInGroup && _waiting.Reader.TryRead(out var next))
        {
            if (next.CancellationToken.IsCancellationRequested)
                next.Result.TrySetCanceled(next.CancellationToken);
            else
                group.Add(next);
            bytes += next.Commit.Puts.Sum(put => (long)put.Body.Length);
        }
        return group;
    }

    private async Task WriteAsync(List<Waiting> group)
    {
        try
        {
            var results = await CommitAsync([.. group.Select(waiting => waiting.Commit)]).ConfigureAwait(false);
            for (var i = 0; i < group.Count; i++)
                results[i](group[i].Result);
        }
        catch (Exception e) when (group.Count > 1 && !IsServersFault(e))
        {
            foreach (var waiting in group)
                await WriteAsync([waiting]).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var failure = PostgresErrors.IsFailure(e) ? PostgresErrors.Unavailable(e) : e;
            group.ForEach(waiting => waiting.Result.SetException(failure));
        }
    }

    // Anything else, known or not, is tried again without the others.
    private static bool IsServersFault(Exception e) => PostgresErrors.IsFailure(e) && !PostgresErrors.IsData(e);

    private async ValueTask<List<Action<TaskCompletionSource<CommitResult>>>> CommitAsync(List<Commit> commits)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isSent = false;
            try
            {
                return await _pool.OnceAsync(connection => CommitAsync(connection, commits, () => isSent = true), default).ConfigureAwait(false);
            }
            catch (Exception e) when ((!isSent || PostgresErrors.IsConcurrency(e)) && _pool.IsWorthAnotherTry(attempt, e))
            {
                // The server has rolled all of it back for the sake of another transaction, or nothing was sent that could have happened.
            }
        }
    }

    private async ValueTask<List<Action<TaskCompletionSource<CommitResult>>>> CommitAsync(
        NpgsqlConnection connection, List<Commit> commits, Action sending)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var group = new PostgresGroup(connection, _notifies);
        var plan = await group.BeginAsync(commits, now).ConfigureAwait(false);
        List<Action<TaskCompletionSource<CommitResult>>> results = [.. commits.Select(commit => Decide(plan, commit))];
        sending();
        await group.EndAsync(plan, now).ConfigureAwait(false);
        return results;
    }

    private static Action<TaskCompletionSource<CommitResult>> Decide(CommitPlan plan, Commit commit)
    {
        try
        {
            var result = plan.Add(commit);
            return waiting => waiting.SetResult(result);
        }
        catch (EpochChangedException e)
        {
            return waiting => waiting.SetException(e);
        }
    }

    private sealed record Waiting(Commit Commit, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<CommitResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
