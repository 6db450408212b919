using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Daypass.Storage.Snapshots;

/// <summary>
/// Frames of a backup: compressed, then sealed with AES-256-GCM under the file's own key. The nonce is the frame's number, and the header's
/// hash, the number and "last" are bound in: frames cannot be left out, moved, repeated, cut off, or taken from another backup.
/// <code>length | last &lt;&lt; 31 (4, big endian)   ciphertext of [length of the content (4), content in Brotli]   tag (16)</code>
/// </summary>
internal sealed class BackupFrames(byte[] key, ReadOnlySpan<byte> header) : IDisposable
{
    public const int MaxContent = 256 << 20;
    private const int TagSize = 16;
    private const uint LastFlag = 1u << 31;
    private readonly AesGcm _cipher = new(key, TagSize);
    private readonly byte[] _headerHash = SHA256.HashData(header);
    private ulong _number;

    public void Dispose() => _cipher.Dispose();

    /// <summary>The next frame, as it stands in the file.</summary>
    public byte[] Seal(ReadOnlySpan<byte> content, bool isLast)
    {
        if (content.Length > MaxContent)
            throw new InvalidDataException("A row of the store is larger than a backup can hold.");
        var packed = new byte[sizeof(int) + BrotliEncoder.GetMaxCompressedLength(content.Length)];
        BinaryPrimitives.WriteInt32BigEndian(packed, content.Length);
        if (!BrotliEncoder.TryCompress(content, packed.AsSpan(sizeof(int)), out var written, quality: 3, window: 20))
            throw new InvalidOperationException("The buffer for compressed bytes was too small.");
        var length = sizeof(int) + written;
        var frame = new byte[sizeof(uint) + length + TagSize];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)length | (isLast ? LastFlag : 0));
        var (nonce, bound) = Next(isLast);
        _cipher.Encrypt(nonce, packed.AsSpan(0, length), frame.AsSpan(sizeof(uint), length), frame.AsSpan(^TagSize..), bound);
        return frame;
    }

    /// <summary>The length of what follows a frame's first four bytes; null when no frame begins so.</summary>
    public static (int Length, bool IsLast)? ReadHead(ReadOnlySpan<byte> head)
    {
        var word = BinaryPrimitives.ReadUInt32BigEndian(head);
        var length = word & ~LastFlag;
        return length is > sizeof(int) and <= MaxContent + (MaxContent >> 4) ? ((int)length + TagSize, (word & LastFlag) != 0) : null;
    }

    /// <summary>The content of the next frame; null when it is not what was sealed here.</summary>
    public byte[]? Open(ReadOnlySpan<byte> rest, bool isLast)
    {
        var packed = new byte[rest.Length - TagSize];
        var (nonce, bound) = Next(isLast);
        try
        {
            _cipher.Decrypt(nonce, rest[..^TagSize], rest[^TagSize..], packed, bound);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        var content = new byte[Math.Clamp(BinaryPrimitives.ReadInt32BigEndian(packed), 0, MaxContent)];
        return BrotliDecoder.TryDecompress(packed.AsSpan(sizeof(int)), content, out var written) && written == content.Length ? content : null;
    }

    private (byte[] Nonce, byte[] Bound) Next(bool isLast)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(4), _number++);
        return (nonce, [.. _headerHash, .. nonce, isLast ? (byte)1 : (byte)0]);
    }
}
