using System.Buffers.Binary;
using System.Security.Cryptography;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Keys;

/// <summary>
/// The keys that ring keys are sealed under, as one reading of the master key file has them: the first seals, all of them open. A sealed
/// blob names its master key by fingerprint, so exactly one is tried.
/// </summary>
internal sealed class MasterKeys
{
    /// <summary>What installations of the time before master keys could be rotated wrote in the place of a fingerprint.</summary>
    private const uint UnnamedId = 1;

    private const string Purpose = "master";
    private readonly Sealer _sealer;
    private readonly Sealer[] _unnamed;

    /// <exception cref="ArgumentException">A key is not 32 bytes, all zeros, or there twice; or there is none.</exception>
    public MasterKeys(IReadOnlyList<byte[]> keys)
    {
        if (keys.Count == 0)
            throw new ArgumentException("There is no key.", nameof(keys));
        _sealer = new Sealer(new KeyRing(Purpose, keys.Select((key, at) => new SealingKey(FingerprintOf(key), key, at == 0 ? SealingKeyState.Active : SealingKeyState.DecryptOnly))));
        _unnamed = [.. keys.Select(key => new Sealer(new KeyRing(Purpose, [new SealingKey(UnnamedId, key, SealingKeyState.Active)])))];
        Newest = FingerprintOf(keys[0]);
    }

    /// <summary>How many there are.</summary>
    public int Count => _unnamed.Length;

    /// <summary>The fingerprint of the key that seals.</summary>
    public uint Newest { get; }

    /// <summary>Four bytes that name a master key and say nothing about it.</summary>
    public static uint FingerprintOf(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, "daypass master key fingerprint"u8, hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>The fingerprint of the master key that a ring key is sealed under.</summary>
    public static uint FingerprintIn(StoredKey stored) => Sealer.KeyIdOf(stored.SealedKey) ?? 0;

    public byte[] Seal(ReadOnlySpan<byte> key, string purpose, uint id, IEntropy entropy)
    {
        Span<byte> nonce = stackalloc byte[XAes256Gcm.NonceSize];
        entropy.Fill(nonce);
        return _sealer.Seal(key, ContextOf(purpose, id), nonce);
    }

    /// <summary>The ring key in the clear, which the caller wipes; null when none of these keys sealed it, or it was changed or moved.</summary>
    public byte[]? Open(StoredKey stored)
    {
        var context = ContextOf(stored.Purpose, stored.Id);
        if (_sealer.Open(stored.SealedKey, context) is { } opened)
            return opened;
        // Without a name in it, a blob can only be tried with each key: a wrong one does not authenticate.
        return FingerprintIn(stored) == UnnamedId ? _unnamed.Select(sealer => sealer.Open(stored.SealedKey, context)).FirstOrDefault(key => key is not null) : null;
    }

    private static string ContextOf(string purpose, uint id) => $"{purpose}/{id}";
}

/// <summary>
/// This node's master keys, read again whenever they are asked for: a file that was changed is in force without a restart, and one that
/// cannot be read (half written, perhaps) leaves what was read last. Called by: the key keeper, and actions that seal ring keys.
/// </summary>
/// <param name="read">Reads the keys, or throws with a sentence that says why they cannot be used. Returns the same object for the same keys.</param>
internal sealed class MasterKeySource(Func<MasterKeys> read)
{
    private volatile MasterKeys _current = read();
    private volatile string? _trouble;

    /// <summary>Why the keys could not be read the last time; null when they could.</summary>
    public string? Trouble => _trouble;

    public MasterKeys Current
    {
        get
        {
            try
            {
                _current = read();
                _trouble = null;
            }
            catch (Exception failure)
            {
                // Whatever is wrong with the file, a node that runs goes on with the keys that it has.
                _trouble = failure.Message;
            }
            return _current;
        }
    }
}
