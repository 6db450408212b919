using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Service.Federation.X509;

/// <summary>
/// What certificates and revocation lists have in common (RFC 5280 4.1 and 5.1): what is signed, the algorithm, and the signature of the issuer's key.
/// </summary>
internal static class SignedStructure
{
    private static readonly Dictionary<string, HashAlgorithmName> OfRsa = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.11"] = HashAlgorithmName.SHA256, ["1.2.840.113549.1.1.12"] = HashAlgorithmName.SHA384, ["1.2.840.113549.1.1.13"] = HashAlgorithmName.SHA512,
    };

    private static readonly Dictionary<string, HashAlgorithmName> OfEcdsa = new(StringComparer.Ordinal)
    {
        ["1.2.840.10045.4.3.2"] = HashAlgorithmName.SHA256, ["1.2.840.10045.4.3.3"] = HashAlgorithmName.SHA384, ["1.2.840.10045.4.3.4"] = HashAlgorithmName.SHA512,
    };

    /// <summary>Whether the issuer's key signed it, by an algorithm that holds. A structure that cannot be read is not signed.</summary>
    public static bool IsSignedBy(byte[] der, X509Certificate2 issuer)
    {
        try
        {
            var structure = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            var content = structure.ReadEncodedValue().Span;
            var algorithm = structure.ReadSequence().ReadObjectIdentifier();
            var signature = structure.ReadBitString(out var unused);
            return unused == 0 && Verify(issuer, algorithm, content, signature);
        }
        catch (Exception fault) when (fault is AsnContentException or CryptographicException)
        {
            return false;
        }
    }

    private static bool Verify(X509Certificate2 issuer, string algorithm, ReadOnlySpan<byte> content, byte[] signature)
    {
        if (OfRsa.TryGetValue(algorithm, out var hash))
        {
            using var rsa = issuer.GetRSAPublicKey();
            return rsa?.VerifyData(content, signature, hash, RSASignaturePadding.Pkcs1) is true;
        }
        if (!OfEcdsa.TryGetValue(algorithm, out hash))
            return false;
        using var ecdsa = issuer.GetECDsaPublicKey();
        return ecdsa?.VerifyData(content, signature, hash, DSASignatureFormat.Rfc3279DerSequence) is true;
    }
}
