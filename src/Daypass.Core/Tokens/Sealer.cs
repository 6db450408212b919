using System.Buffers.Binary;
using System.Text;

namespace Daypass.Tokens;

/// <summary>
/// Seals bytes under the active key of a ring: <c>version (1) | key id (4) | nonce (24) | ciphertext | tag (16)</c>.
/// Version, key id, purpose and the caller's context (such as the access key id) are associated data: a blob opens only
/// for the purpose and the context that it was made for.
/// </summary>
public sealed class Sealer(KeyRing ring)
{
    /// <summary>How many bytes a sealed blob is longer than its plaintext.</summary>
    public const int Overhead = HeaderSize + XAes256Gcm.TagSize;

    private const byte Version = 1;
    private const int KeyIdOffset = 1;
    private const int NonceOffset = 5;
    private const int HeaderSize = NonceOffset + XAes256Gcm.NonceSize;
    private readonly byte[] _purpose = Encoding.UTF8.GetBytes(ring.Purpose);

    /// <summary>Seals with <see cref="XAes256Gcm.NonceSize"/> random bytes that must never have been used before.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext, string context, ReadOnlySpan<byte> nonce)
    {
        var blob = new byte[plaintext.Length + Overhead];
        blob[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(KeyIdOffset), ring.Active.Id);
        nonce[..XAes256Gcm.NonceSize].CopyTo(blob.AsSpan(NonceOffset));
        Span<byte> associated = stackalloc byte[AssociatedLength(context)];
        WriteAssociated(blob, context, associated);
        ring.Active.Cipher.Seal(nonce[..XAes256Gcm.NonceSize], plaintext, blob.AsSpan(HeaderSize, plaintext.Length), blob.AsSpan(^XAes256Gcm.TagSize..), associated);
        return blob;
    }

    /// <summary>Opens a blob; null for every kind of failure alike: version, key, length, purpose, context or a changed bit.</summary>
    public byte[]? Open(ReadOnlySpan<byte> blob, string context)
    {
        if (blob.Length < Overhead || blob[0] != Version || context.Length > MaxContext)
            return null;
        if (ring.FindToOpen(BinaryPrimitives.ReadUInt32BigEndian(blob[KeyIdOffset..])) is not { } key)
            return null;
        Span<byte> associated = stackalloc byte[AssociatedLength(context)];
        WriteAssociated(blob, context, associated);
        var plaintext = new byte[blob.Length - Overhead];
        return key.Cipher.TryOpen(blob.Slice(NonceOffset, XAes256Gcm.NonceSize), blob[HeaderSize..^XAes256Gcm.TagSize], blob[^XAes256Gcm.TagSize..], plaintext, associated)
            ? plaintext
            : null;
    }

    /// <summary>The id of the key that sealed a blob, if the blob is long enough to have one.</summary>
    public static uint? KeyIdOf(ReadOnlySpan<byte> blob) => blob.Length < Overhead ? null : BinaryPrimitives.ReadUInt32BigEndian(blob[KeyIdOffset..]);

    private const int MaxContext = 512;

    // Lengths are written before the parts, so that no two (purpose, context) pairs look alike.
    private int AssociatedLength(string context) =>
        context.Length > MaxContext ? throw new ArgumentException("The context is longer than 512 characters.", nameof(context)) : NonceOffset + 4 + _purpose.Length + 4 + Encoding.UTF8.GetByteCount(context);

    private void WriteAssociated(ReadOnlySpan<byte> blob, string context, Span<byte> associated)
    {
        blob[..NonceOffset].CopyTo(associated);
        var rest = associated[NonceOffset..];
        BinaryPrimitives.WriteInt32BigEndian(rest, _purpose.Length);
        _purpose.CopyTo(rest[4..]);
        rest = rest[(4 + _purpose.Length)..];
        BinaryPrimitives.WriteInt32BigEndian(rest, context.Length);
        Encoding.UTF8.GetBytes(context, rest[4..]);
    }
}
