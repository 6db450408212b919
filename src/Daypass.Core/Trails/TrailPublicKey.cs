using System.Security.Cryptography;

namespace Daypass.Trails;

/// <summary>A public key of digests, as CloudTrail's ListPublicKeys has it.</summary>
/// <param name="Value">PKCS #1 RSAPublicKey, DER.</param>
/// <param name="ValidFrom">When it began to sign.</param>
/// <param name="ValidUntil">When it ceased to; a digest that ends later is not of this key. Null while it signs.</param>
public sealed record TrailPublicKey(ReadOnlyMemory<byte> Value, DateTimeOffset ValidFrom, DateTimeOffset? ValidUntil)
{
    private const int FingerprintBytes = 16;

    /// <summary>32 hexadecimal digits: the first half of the SHA-256 of <see cref="Value"/>. Digests name their key by it.</summary>
    public string Fingerprint => FingerprintOf(Value.Span);

    /// <summary>The fingerprint of a PKCS #1 RSAPublicKey.</summary>
    public static string FingerprintOf(ReadOnlySpan<byte> value) => Convert.ToHexStringLower(SHA256.HashData(value).AsSpan(0, FingerprintBytes));

    /// <summary>Whether a signature, in hexadecimal, is this key's over a digest with this content. False, too, for what is no signature at all, or no key.</summary>
    public bool Verifies(Digest digest, ReadOnlySpan<byte> content, string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportRSAPublicKey(Value.Span, out _);
            return rsa.VerifyData(DigestSignature.ToSign(digest, content), Convert.FromHexString(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
