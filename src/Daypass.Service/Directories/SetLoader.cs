using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// Brings sets from the store, a few at a time: whoever asks for many cannot take the store from the others. What comes back of another
/// life of the store than it was asked for is refused. Called by: the directory cache.
/// </summary>
internal sealed class SetLoader(IStore store, TimeProvider time) : IDisposable
{
    private const int MaxLoads = 8;

    /// <summary>The largest account takes seconds; a load that takes longer than this is given up, and makes room for others.</summary>
    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _turns = new(MaxLoads);

    /// <summary>A set as the store has it. No request's cancellation ends a load that others wait for.</summary>
    /// <exception cref="EpochChangedException">The store leads another life than <paramref name="life"/>.</exception>
    public async Task<DocumentSet?> LoadAsync(SetId id, Life life)
    {
        // Asked for on nobody's thread: an engine may take its time before it first waits.
        await Task.Yield();
        var known = life.Sequence;
        // What belongs to no account is waited for by all, and waits for none.
        if (id == SetId.Installation)
            return await CheckedAsync(await AskAsync(id), life, known);
        await _turns.WaitAsync(CancellationToken.None);
        try
        {
            return await CheckedAsync(await AskAsync(id), life, known);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private Task<DocumentSet?> AskAsync(SetId id) => LimitedAsync(token => store.LoadAsync(id, token));

    private async Task<T> LimitedAsync<T>(Func<CancellationToken, ValueTask<T>> call)
    {
        using var limit = new CancellationTokenSource(LongestLoad, time);
        try
        {
            return await call(limit.Token).AsTask().WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new StoreUnavailableException("The store takes too long to load an account.");
        }
    }

    // A store that has less than this node has seen of it has lost something; and also that there is nothing is only true of a store that
    // has the rest.
    private async Task<DocumentSet?> CheckedAsync(DocumentSet? stored, Life life, long known)
    {
        var position = stored?.Position ?? await LimitedAsync(store.HeadAsync);
        if (position.Epoch != life.Epoch || position.Sequence < known)
            throw new EpochChangedException("The store leads another life than this node has in memory.");
        life.Ahead.Note(position);
        return stored;
    }
}
