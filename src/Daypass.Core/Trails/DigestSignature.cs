using System.Security.Cryptography;
using System.Text;

namespace Daypass.Trails;

/// <summary>What of a digest is signed, and the hash that stands for its content (CloudTrail User Guide, "Custom implementations of log file integrity validation").</summary>
public static class DigestSignature
{
    /// <summary>SHA-256 of a content before compression, in lower-case hexadecimal.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>
    /// Four lines: when the digest ends, where it belongs, the hash of its content, and the signature of the digest before (or <c>null</c>). They
    /// are signed with RSA, PKCS #1 v1.5, over SHA-256.
    /// </summary>
    /// <param name="digest">The digest.</param>
    /// <param name="content">Its file's content before compression, exactly.</param>
    public static byte[] ToSign(Digest digest, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return Encoding.UTF8.GetBytes($"{DigestFile.Time(digest.End)}\n{digest.Bucket}/{digest.Key}\n{HashOf(content)}\n{digest.Previous?.Signature ?? "null"}");
    }
}
