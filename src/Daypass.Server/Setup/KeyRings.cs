using System.Security.Cryptography;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Tokens;

namespace Daypass.Server.Setup;

/// <summary>What this node seals and opens with.</summary>
/// <param name="Vault">For requests.</param>
/// <param name="Keeper">Keeps the vault's rings current.</param>
/// <param name="Signing">The keys that sign, and makes the first ones.</param>
/// <param name="IsMasterKeyMade">Whether this start made the master key file.</param>
internal sealed record NodeKeys(Vault Vault, KeyKeeper Keeper, SigningKeys Signing, bool IsMasterKeyMade);

/// <summary>The key rings in the store, one a purpose, each key sealed under the master key. Made by one commit on the first start.</summary>
internal sealed class KeyRings(DirectoryCache directories, ServerOptions options, IEntropy entropy, TimeProvider time)
{
    private readonly MasterKeyFile _file = new(options.MasterKeyPath);

    /// <summary>Opens the rings, or makes them if there are none and this node may.</summary>
    /// <exception cref="StartException">There is no master key, or not the one that the rings were sealed with; or nobody said --init.</exception>
    public async Task<NodeKeys> OpenAsync(Action<string> report, CancellationToken cancellationToken)
    {
        if (!Exist && options.Store is not null && !options.Init)
            throw new StartException("The database has no key ring yet: start one node with --init, which makes it and the first account.");
        var isMade = !File.Exists(options.MasterKeyPath) && MakeMasterKey();
        var master = new MasterKeySource(_file.Read);
        if (!Exist)
            await CreateAsync(master.Current, cancellationToken);
        RequireAll(master.Current, isMade);
        var keeper = new KeyKeeper(() => directories.Installation, master, report);
        var signing = new SigningKeys(directories, keeper, master, entropy, time);
        return new NodeKeys(new Vault(() => keeper.Current, master) { Signing = signing }, keeper, signing, isMade);
    }

    private IEnumerable<StoredKey> Keys => directories.Installation.Documents.All(DocumentKinds.Key);

    // Whether any key was sealed before: then the master key must be the one that sealed it.
    private bool Exist => Keys.Any();

    private bool MakeMasterKey()
    {
        if (Exist)
            throw new StartException($"The master key file {options.MasterKeyPath} is missing, and the store was sealed with it; {(options.Store is null ? "" : "copy it from another node, or ")}name it with --master-key-file.");
        return _file.Create(entropy);
    }

    // If another node is faster, its keys are the rings.
    private async Task CreateAsync(MasterKeys master, CancellationToken cancellationToken)
    {
        var changes = new Changes(directories.Installation.Documents).Guard("keys");
        foreach (var purpose in KeyPurposes.Sealing)
            changes.Put(DocumentKinds.Key, RingKeys.Make(purpose, SealingKeyState.Active, [], time.GetUtcNow(), master, entropy));
        await directories.CommitAsync(
            new Commit { Id = Identifiers.Uuid(entropy), Set = changes.Set, Epoch = changes.Epoch, Reads = changes.Reads, Puts = changes.Puts }, cancellationToken);
    }

    private void RequireAll(MasterKeys master, bool isMade)
    {
        foreach (var key in Keys)
        {
            if (master.Open(key) is { } opened)
            {
                CryptographicOperations.ZeroMemory(opened);
                continue;
            }
            if (!isMade)
                throw new StartException($"The master key in {options.MasterKeyPath} is not the one that this store was sealed with; name that one with --master-key-file.");
            // Nothing is sealed with what was made a moment ago, and it must not stand in the way of the right one.
            File.Delete(options.MasterKeyPath);
            throw new StartException($"Another node made the key ring at the same moment, under its own master key: copy that node's master key file to {options.MasterKeyPath}, then start again.");
        }
    }
}
