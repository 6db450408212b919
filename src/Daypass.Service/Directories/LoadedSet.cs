using Daypass.Names;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// One document set of the cache. Loaded once, however many ask; changes that the feed brings while the load is under way wait and are
/// applied behind it, so that none falls between.
/// </summary>
internal sealed class LoadedSet(SetId id)
{
    private readonly Lock _lock = new();
    private List<Change>? _waiting = [];
    private Task? _load;
    private volatile AccountDirectory? _view;
    private volatile InstallationDirectory? _installation;
    private Documents? _documents;

    public SetId Id { get; } = id;

    /// <summary>The account's directory; null while loading and for the installation's set.</summary>
    public AccountDirectory? View => _view;

    public InstallationDirectory? Installation => _installation;

    public bool HasFailed => _load is { IsFaulted: true } or { IsCanceled: true };

    /// <summary>Loads, or waits for the load that is under way. <paramref name="turns"/> bounds how many sets load at a time.</summary>
    public Task LoadOnceAsync(IStore store, SemaphoreSlim turns)
    {
        lock (_lock)
            return _load ??= LoadAsync(store, turns);
    }

    public void Apply(Change change)
    {
        lock (_lock)
        {
            if (_waiting is not null)
                _waiting.Add(change);
            else if (change.Position.Sequence > _documents!.Position.Sequence)
                Publish(_documents.Apply(change));
        }
    }

    private async Task LoadAsync(IStore store, SemaphoreSlim turns)
    {
        // No request's cancellation ends a load that others wait for.
        await turns.WaitAsync(CancellationToken.None);
        DocumentSet? stored;
        try
        {
            stored = await store.LoadAsync(Id, CancellationToken.None);
        }
        finally
        {
            turns.Release();
        }
        var documents = stored is null ? Documents.Empty(Id, default) : Documents.From(stored);
        lock (_lock)
        {
            foreach (var change in _waiting!)
            {
                if (change.Position.Sequence > documents.Position.Sequence)
                    documents = documents.Apply(change);
            }
            _waiting = null;
            Publish(documents);
        }
    }

    private void Publish(Documents documents)
    {
        _documents = documents;
        if (AccountId.TryParse(Id.Value, out var account))
            _view = new AccountDirectory(account, documents);
        else
            _installation = new InstallationDirectory(documents);
    }
}
