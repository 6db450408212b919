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
    private volatile int _usedAt;
    private Documents? _documents;
    private long _bytes;

    public SetId Id { get; } = id;

    /// <summary>The account's directory; null while loading and for the installation's set.</summary>
    public AccountDirectory? View => _view;

    public InstallationDirectory? Installation => _installation;

    public bool HasFailed => _load is { IsFaulted: true } or { IsCanceled: true };

    /// <summary>What the set takes in memory, estimated; 0 while it is loading.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The tick at which it was loaded.</summary>
    public int LoadedAt { get; private set; }

    /// <summary>The tick at which a proven caller needed it last; 0 when none has.</summary>
    public int UsedAt => _usedAt;

    public void MarkUsed(int tick)
    {
        if (_usedAt != tick)
            _usedAt = tick;
    }

    /// <summary>Loads, or waits for the load that is under way.</summary>
    public Task LoadOnceAsync(Func<SetId, Task<DocumentSet?>> load, int tick)
    {
        lock (_lock)
            return _load ??= LoadAsync(load, tick);
    }

    public void Apply(Change change)
    {
        lock (_lock)
        {
            if (_waiting is not null)
                _waiting.Add(change);
            else if (change.Position.Sequence > _documents!.Position.Sequence)
                Publish(_documents.Apply(change), change);
        }
    }

    private async Task LoadAsync(Func<SetId, Task<DocumentSet?>> load, int tick)
    {
        var stored = await load(Id);
        var documents = stored is null ? Documents.Empty(Id, default) : Documents.From(stored);
        lock (_lock)
        {
            foreach (var change in _waiting!)
            {
                if (change.Position.Sequence > documents.Position.Sequence)
                    documents = documents.Apply(change);
            }
            _waiting = null;
            LoadedAt = tick;
            Publish(documents);
        }
    }

    private void Publish(Documents documents, Change? change = null)
    {
        _documents = documents;
        Volatile.Write(ref _bytes, documents.Bytes);
        if (AccountId.TryParse(Id.Value, out var account))
            _view = new AccountDirectory(account, documents);
        else
            _installation = change is null ? new InstallationDirectory(documents) : _installation!.After(change, documents);
    }
}
