using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Tokens;

namespace Daypass.Service.Keys;

/// <summary>
/// The keys that sign what others verify. Reading costs no I/O: they are part of the rings in force. A purpose's first key is made when it is
/// first needed, by one commit that rests on there being none: however many nodes need it at once, one makes it and the others use that one.
/// Called by: the pipeline, for actions that sign; jobs; the endpoints that publish keys.
/// </summary>
internal sealed class SigningKeys(DirectoryCache directories, KeyKeeper keeper, MasterKeySource master, IEntropy entropy, TimeProvider time)
{
    private const int MaxTries = 8;
    private readonly SemaphoreSlim _making = new(1);

    /// <summary>The key that signs now; null before there is one, and where this node cannot open it.</summary>
    public SigningKey? Active(string purpose) => keeper.Current.SigningKey(purpose);

    /// <summary>All keys of a purpose that this node can open, the newest first: those to come, the active one, and those that have signed.</summary>
    public IReadOnlyList<SigningKey> All(string purpose) => keeper.Current.SigningKeys(purpose);

    /// <summary>The key that signs now, made if there never was one or all are retired.</summary>
    /// <exception cref="ApiException">There is one, but this node's master key file does not open it; or it cannot be made now.</exception>
    /// <exception cref="StoreUnavailableException">There is none and the store is away.</exception>
    public ValueTask<SigningKey> GetAsync(string purpose, CancellationToken cancellationToken) =>
        Active(purpose) is { } key ? ValueTask.FromResult(key) : MakeAsync(purpose, cancellationToken);

    private async ValueTask<SigningKey> MakeAsync(string purpose, CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; attempt < MaxTries; attempt++)
            {
                if (Active(purpose) is { } key)
                    return key;
                var ring = directories.Installation.Documents.All(DocumentKinds.Key).Where(stored => stored.Purpose == purpose).ToList();
                // Not another one beside it: that would hide that this node's master key file lacks a key.
                if (ring.Exists(stored => KeyRotation.Is(stored, SealingKeyState.Active)) || master.Trouble is not null)
                    break;
                await TryMakeAsync(purpose, ring, cancellationToken);
            }
        }
        finally
        {
            _making.Release();
        }
        throw Errors.Unavailable("This node has no key to sign with; its operator must see to the master key file. Try again later.");
    }

    // After a conflict, what got in the way is in memory: most likely the key that another node made.
    private async Task TryMakeAsync(string purpose, List<StoredKey> ring, CancellationToken cancellationToken)
    {
        var installation = directories.Installation;
        var now = time.GetUtcNow();
        var key = RingKeys.Make(purpose, SealingKeyState.Active, ring, now, master.Current, entropy);
        var changes = new Changes(installation.Documents).Guard("keys").Put(DocumentKinds.Key, key);
        await directories.CommitAsync(
            new Commit
            {
                Id = Identifiers.Uuid(entropy),
                Set = changes.Set,
                Epoch = changes.Epoch,
                Reads = changes.Reads,
                Puts = changes.Puts,
                Audit = KeyEvents.Of(new KeyStep("MakeKey", key, []), installation, now + installation.ClockOffset, entropy),
            },
            cancellationToken);
    }
}
