using System.Buffers.Binary;
using System.Security.Cryptography;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Keys;

/// <summary>Makes ring keys, and wraps them anew. Both leave them sealed under the newest master key.</summary>
internal static class RingKeys
{
    /// <summary>A random key under a random id that is free in the ring.</summary>
    public static StoredKey Make(string purpose, SealingKeyState state, IEnumerable<StoredKey> existing, DateTimeOffset now, MasterKeys master, IEntropy entropy)
    {
        Span<byte> random = stackalloc byte[sizeof(uint) + XAes256Gcm.KeySize];
        uint id;
        do
        {
            entropy.Fill(random);
            id = BinaryPrimitives.ReadUInt32BigEndian(random);
        }
        while (existing.Any(key => key.Id == id));
        var key = new StoredKey { Purpose = purpose, Id = id, State = state.ToString(), Created = now, SealedKey = [] };
        key = KeyPurposes.Signs(purpose) ? WithPair(key, master, entropy) : key with { SealedKey = master.Seal(random[sizeof(uint)..], purpose, id, entropy) };
        CryptographicOperations.ZeroMemory(random);
        return key;
    }

    /// <summary>The same key under the newest master key; null when it cannot be opened here.</summary>
    public static StoredKey? Rewrap(StoredKey key, MasterKeys master, IEntropy entropy)
    {
        if (master.Open(key) is not { } opened)
            return null;
        var rewrapped = key with { SealedKey = master.Seal(opened, key.Purpose, key.Id, entropy) };
        CryptographicOperations.ZeroMemory(opened);
        if (key.SealedPublicKey is not { } half)
            return rewrapped;
        return master.Open(key with { SealedKey = half }) is { } publicKey ? rewrapped with { SealedPublicKey = master.Seal(publicKey, key.Purpose, key.Id, entropy) } : null;
    }

    // Pairs are of the operating system's randomness, whatever the entropy of the caller is.
    private static StoredKey WithPair(StoredKey key, MasterKeys master, IEntropy entropy)
    {
        var (pair, half) = KeyPair.Make(key.Purpose);
        var made = key with { SealedKey = master.Seal(pair, key.Purpose, key.Id, entropy), SealedPublicKey = master.Seal(half, key.Purpose, key.Id, entropy) };
        CryptographicOperations.ZeroMemory(pair);
        return made;
    }
}
