using System.Buffers.Binary;
using System.Buffers.Text;
using Daypass.Tokens;

namespace Daypass.Leases;

/// <summary>
/// With what a protected service explains its refusals of a lease's caller: a key, and the copy of it that only Daypass opens. The
/// service seals the explanation under the key and sends the copy along, so Daypass can decode what the service itself cannot have
/// sealed, and knows which service it was.
/// </summary>
/// <param name="Key">32 random bytes. Never log them.</param>
/// <param name="SealedKey">The same, sealed by Daypass with the service, its region and account, the caller's account and the time.</param>
/// <param name="RenewAt">Policy time (Unix seconds) after which the service asks for the lease anew, whole. Its messages can be decoded some time longer.</param>
public sealed record LeaseExplanation(byte[] Key, byte[] SealedKey, long RenewAt)
{
    private const int PrefixSize = 1 + sizeof(ushort);

    /// <summary>The encoded authorization message of a refusal.</summary>
    /// <param name="message">What it holds; its caller's account must be that of the lease.</param>
    /// <param name="nonce"><see cref="XAes256Gcm.NonceSize"/> random bytes.</param>
    /// <exception cref="ArgumentException">The texts are longer than there is room, or the key is none.</exception>
    public string Seal(AuthorizationMessage message, ReadOnlySpan<byte> nonce)
    {
        var blob = new byte[message.Size];
        blob[0] = AuthorizationMessageCodec.ByService;
        BinaryPrimitives.WriteUInt16BigEndian(blob.AsSpan(1), checked((ushort)SealedKey.Length));
        SealedKey.CopyTo(blob, PrefixSize);
        var head = blob.AsSpan(0, PrefixSize + SealedKey.Length);
        nonce[..XAes256Gcm.NonceSize].CopyTo(blob.AsSpan(head.Length));
        var sealedBody = blob.AsSpan(head.Length + XAes256Gcm.NonceSize);
        var body = new byte[sealedBody.Length - XAes256Gcm.TagSize];
        message.Write(body);
        using var cipher = new XAes256Gcm(Key);
        cipher.Seal(nonce[..XAes256Gcm.NonceSize], body, sealedBody[..^XAes256Gcm.TagSize], sealedBody[^XAes256Gcm.TagSize..], head);
        return Base64Url.EncodeToString(blob);
    }

    internal static bool TrySplit(ReadOnlySpan<byte> blob, out ReadOnlySpan<byte> sealedKey, out ReadOnlySpan<byte> rest)
    {
        sealedKey = rest = default;
        var length = BinaryPrimitives.ReadUInt16BigEndian(blob[1..]);
        if (PrefixSize + length + XAes256Gcm.NonceSize + XAes256Gcm.TagSize > blob.Length)
            return false;
        sealedKey = blob.Slice(PrefixSize, length);
        rest = blob[(PrefixSize + length)..];
        return true;
    }

    internal static AuthorizationMessage? Open(byte[] key, ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest)
    {
        using var cipher = new XAes256Gcm(key);
        var body = new byte[rest.Length - XAes256Gcm.NonceSize - XAes256Gcm.TagSize];
        return cipher.TryOpen(rest[..XAes256Gcm.NonceSize], rest[XAes256Gcm.NonceSize..^XAes256Gcm.TagSize], rest[^XAes256Gcm.TagSize..], body, head)
            ? AuthorizationMessage.Read(body)
            : null;
    }
}
