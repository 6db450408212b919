using System.Buffers.Binary;
using System.Security.Cryptography;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Tokens;

namespace Daypass.Server.Setup;

/// <summary>The key rings in the store, one a purpose, each key sealed under the master key. Made by one commit on the first start.</summary>
internal static class KeyRings
{
    private static readonly string[] Purposes = [SessionTokenCodec.Purpose, Vault.SecretsPurpose];

    /// <summary>Whether any key was sealed before: then the master key must be the one that sealed it.</summary>
    public static bool Exist(InstallationDirectory installation) => installation.Documents.Count(DocumentKinds.Key) > 0;

    /// <summary>Makes one key for each purpose. If another node was faster, its keys are the ring.</summary>
    public static async Task CreateAsync(DirectoryCache directories, Sealer master, IEntropy entropy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changes = new Changes(directories.Installation.Documents).Guard("keys");
        foreach (var purpose in Purposes)
            changes.Put(DocumentKinds.Key, NewKey(purpose, master, entropy, now));
        await directories.CommitAsync(
            new Commit { Id = Identifiers.Uuid(entropy), Set = changes.Set, Reads = changes.Reads, Puts = changes.Puts }, cancellationToken);
    }

    /// <exception cref="StartException">The master key is not the one that the ring was sealed with.</exception>
    public static Vault Open(InstallationDirectory installation, Sealer master, string masterKeyPath) =>
        new(Ring(SessionTokenCodec.Purpose, installation, master, masterKeyPath), Ring(Vault.SecretsPurpose, installation, master, masterKeyPath));

    private static KeyRing Ring(string purpose, InstallationDirectory installation, Sealer master, string masterKeyPath) => new(
        purpose,
        installation.Documents.All(DocumentKinds.Key).Where(key => key.Purpose == purpose).Select(key =>
        {
            var opened = master.Open(key.SealedKey, ContextOf(key.Purpose, key.Id))
                ?? throw new StartException($"The master key in {masterKeyPath} is not the one that this store was sealed with; name that one with --master-key-file.");
            var sealing = new SealingKey(key.Id, opened, Enum.Parse<SealingKeyState>(key.State));
            CryptographicOperations.ZeroMemory(opened);
            return sealing;
        }));

    private static StoredKey NewKey(string purpose, Sealer master, IEntropy entropy, DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[sizeof(uint) + XAes256Gcm.KeySize + XAes256Gcm.NonceSize];
        entropy.Fill(random);
        var id = BinaryPrimitives.ReadUInt32BigEndian(random);
        var stored = new StoredKey
        {
            Purpose = purpose,
            Id = id,
            State = nameof(SealingKeyState.Active),
            Created = now,
            SealedKey = master.Seal(random.Slice(sizeof(uint), XAes256Gcm.KeySize), ContextOf(purpose, id), random[^XAes256Gcm.NonceSize..]),
        };
        CryptographicOperations.ZeroMemory(random);
        return stored;
    }

    private static string ContextOf(string purpose, uint id) => $"{purpose}/{id}";
}
