using System.Collections.Concurrent;
using Daypass.Names;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// The document sets that this node holds in memory: loaded on first use, kept current by the change feed alone (own commits come back
/// through it too, so changes are applied in the feed's order and none is skipped). Called by: the pipeline and the jobs.
/// </summary>
internal sealed class DirectoryCache(IStore store, TimeProvider time) : IDisposable
{
    private const int MaxColdLoads = 8;
    private readonly ConcurrentDictionary<SetId, LoadedSet> _sets = new();
    private readonly ConcurrentDictionary<SetId, SemaphoreSlim> _writers = new();
    private readonly SemaphoreSlim _feed = new(1);

    /// <summary>Cold accounts load a few at a time: whoever asks for many cannot take the store from the others.</summary>
    private readonly SemaphoreSlim _loads = new(MaxColdLoads);
    private FeedPosition _position;
    private long _viewTime;
    private InstallationDirectory? _installation;

    /// <summary>A change to a set in memory was applied. Handlers hold up the feed: they note it and return.</summary>
    public event Action<Change>? Applied;

    /// <summary>What belongs to no account. Available after <see cref="StartAsync"/>.</summary>
    public InstallationDirectory Installation => Volatile.Read(ref _installation) ?? throw new InvalidOperationException("The directory cache has not been started.");

    /// <summary>How many document sets are in memory.</summary>
    public int Count => _sets.Count;

    /// <summary>Reads the feed's position and the installation's set.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _position = await store.HeadAsync(cancellationToken);
        await GetSetAsync(SetId.Installation, cancellationToken);
        _viewTime = time.GetTimestamp();
    }

    /// <summary>An account's directory, from memory if it is there; null when the account does not exist.</summary>
    public ValueTask<AccountDirectory?> GetAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (_sets.TryGetValue(SetId.Of(account), out var set) && set.View is { } view)
            return ValueTask.FromResult<AccountDirectory?>(view);
        return LoadAccountAsync(account, cancellationToken);
    }

    /// <summary>
    /// Whether everything that was written anywhere before this moment (a timestamp of the time provider) is in memory here.
    /// </summary>
    public bool IsCurrentSince(long timestamp) => store.IsExclusive || Interlocked.Read(ref _viewTime) >= timestamp;

    /// <summary>Serialises this node's writes to a set when concurrent ones keep getting in each other's way.</summary>
    public async ValueTask<IDisposable> EnterAsync(SetId set, CancellationToken cancellationToken)
    {
        var writer = _writers.GetOrAdd(set, _ => new SemaphoreSlim(1));
        await writer.WaitAsync(cancellationToken);
        return new Exit(writer);
    }

    /// <summary>Whether writers to a set take turns at the moment.</summary>
    public bool HasWriterQueue(SetId set) => _writers.TryGetValue(set, out var writer) && writer.CurrentCount == 0;

    /// <summary>Commits, and when that succeeded returns only after the change is in memory here: a write is readable at once.</summary>
    public async ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        var result = await store.CommitAsync(commit, cancellationToken);
        // After a conflict too: what got in the way is then in memory, and the next try sees it.
        await CatchUpAsync(result.Outcome == CommitOutcome.Committed ? result.Position.Sequence : long.MaxValue, CancellationToken.None);
        return result;
    }

    /// <summary>Applies the feed up to its end. Callers that only need a certain sequence return at once when it is there.</summary>
    public ValueTask CatchUpAsync(long neededSequence, CancellationToken cancellationToken) =>
        ReadFeedUnlessAsync(() => _position.Sequence >= neededSequence, cancellationToken);

    /// <summary>
    /// Sees to it that all that was written before a moment (a timestamp of the time provider) is in memory. However many wait, one look at
    /// the feed that began after they came serves them all: a stranger's refusals must not each make the store work.
    /// </summary>
    public ValueTask CatchUpSinceAsync(long timestamp, CancellationToken cancellationToken) => ReadFeedUnlessAsync(() => IsCurrentSince(timestamp), cancellationToken);

    private async ValueTask ReadFeedUnlessAsync(Func<bool> isThere, CancellationToken cancellationToken)
    {
        await _feed.WaitAsync(cancellationToken);
        try
        {
            if (isThere())
                return;
            var started = time.GetTimestamp();
            await foreach (var change in store.ChangesAfterAsync(_position, cancellationToken))
            {
                if (_sets.TryGetValue(change.Set, out var set))
                    Apply(set, change);
                _position = change.Position;
            }
            Interlocked.Exchange(ref _viewTime, started);
        }
        finally
        {
            _feed.Release();
        }
    }

    public void Dispose()
    {
        _feed.Dispose();
        _loads.Dispose();
        foreach (var writer in _writers.Values)
            writer.Dispose();
    }

    private async ValueTask<AccountDirectory?> LoadAccountAsync(AccountId account, CancellationToken cancellationToken)
    {
        // A stranger's number costs no I/O: every account there is stands in the installation's set.
        if (Installation.FindAccount(account) is null)
            return null;
        return (await GetSetAsync(SetId.Of(account), cancellationToken)).View;
    }

    private async ValueTask<LoadedSet> GetSetAsync(SetId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var set = _sets.GetOrAdd(id, static id => new LoadedSet(id));
            try
            {
                await set.LoadOnceAsync(store, _loads).WaitAsync(cancellationToken);
                if (id == SetId.Installation)
                    Volatile.Write(ref _installation, set.Installation);
                return set;
            }
            catch (Exception) when (set.HasFailed)
            {
                // A failed load must not stay: the next request tries again.
                _sets.TryRemove(KeyValuePair.Create(id, set));
                throw;
            }
        }
    }

    private void Apply(LoadedSet set, Change change)
    {
        set.Apply(change);
        if (set.Id == SetId.Installation && set.Installation is { } installation)
            Volatile.Write(ref _installation, installation);
        Applied?.Invoke(change);
    }

    private sealed class Exit(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
