using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Daypass.Signing;

/// <summary>
/// Signature Version 4 made with the private key of a certificate, as IAM Roles Anywhere takes it ("Signing process", Roles Anywhere user
/// guide). The canonical request is SigV4's; the credential is the certificate's serial number in decimal, the certificate itself comes in
/// <see cref="CertificateHeader"/>, and the key signs the string to sign. Whether the certificate is to be trusted is nothing that a
/// signature says.
/// </summary>
public static class SigV4X509
{
    /// <summary>RSA, PKCS #1 v1.5, with SHA-256.</summary>
    public const string RsaAlgorithm = "AWS4-X509-RSA-SHA256";

    /// <summary>ECDSA with SHA-256 on the curve of the key; the signature is DER.</summary>
    public const string EcdsaAlgorithm = "AWS4-X509-ECDSA-SHA256";

    /// <summary>The header with the certificate: Base64 of its DER.</summary>
    public const string CertificateHeader = "X-Amz-X509";

    /// <summary>The header with the certificates between it and the trust anchor: Base64 of their DER, separated by commas.</summary>
    public const string ChainHeader = "X-Amz-X509-Chain";

    // RSA with 8192 bits: twice what anybody signs with.
    private const int LongestSignature = 1024;

    private static readonly string[] Algorithms = [RsaAlgorithm, EcdsaAlgorithm];

    /// <summary>What the request's Authorization header says, as <see cref="SigV4Parser.TryParse"/> does. Signatures in a query are not taken.</summary>
    public static SigV4Authorization? TryParse(in SignableRequest request, out SigningError? error) => SigV4Parser.Parse(request, Algorithms, out error);

    /// <summary>A certificate's serial number as the credential has it: decimal, unsigned.</summary>
    public static string SerialNumberOf(X509Certificate2 certificate) =>
        new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether the private key of the certificate made the signature, by the algorithm that the request names. A key of another kind than the
    /// algorithm's never matches, nor does anything but lower-case hex.
    /// </summary>
    /// <param name="certificate">Whose key it should be; its size and curve are for the caller to judge first.</param>
    /// <param name="authorization">What the request says about its signature.</param>
    /// <param name="stringToSign">What <see cref="SigV4.StringToSign"/> gives.</param>
    public static bool Matches(X509Certificate2 certificate, SigV4Authorization authorization, string stringToSign)
    {
        var hex = authorization.Signature;
        if (hex.Length is 0 or > LongestSignature * 2 || hex.Length % 2 != 0)
            return false;
        var signature = new byte[hex.Length / 2];
        if (!LowerHex.TryDecode(hex, signature))
            return false;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(stringToSign));
        if (authorization.Algorithm == RsaAlgorithm)
        {
            using var rsa = certificate.GetRSAPublicKey();
            return rsa?.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) is true;
        }
        using var ecdsa = authorization.Algorithm == EcdsaAlgorithm ? certificate.GetECDsaPublicKey() : null;
        return ecdsa?.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence) is true;
    }

    /// <summary>The headers to add to a request so that it is signed by a certificate's key.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="uri">The absolute address.</param>
    /// <param name="headers">The headers that the request has; all are signed but those that change on the way.</param>
    /// <param name="payloadHash">The body's SHA-256 in lower-case hex (<see cref="SigV4.PayloadHash"/>).</param>
    /// <param name="certificate">Who signs.</param>
    /// <param name="chain">The certificates between it and the trust anchor; may be empty.</param>
    /// <param name="key">The certificate's private key: RSA or ECDSA.</param>
    /// <param name="region">The region of the scope.</param>
    /// <param name="now">The time of the signature.</param>
    /// <returns>X-Amz-Date, X-Amz-X509, X-Amz-X509-Chain unless the chain is empty, and Authorization, in this order.</returns>
    /// <exception cref="ArgumentException">The key is neither RSA nor ECDSA, or the address is relative.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> SignHeaders(
        string method, Uri uri, IEnumerable<KeyValuePair<string, string>> headers, string payloadHash, X509Certificate2 certificate,
        IReadOnlyList<X509Certificate2> chain, AsymmetricAlgorithm key, string region, DateTimeOffset now)
    {
        var timestamp = SigV4Timestamp.Format(now);
        var added = new List<KeyValuePair<string, string>> { new("X-Amz-Date", timestamp), new(CertificateHeader, Convert.ToBase64String(certificate.RawData)) };
        if (chain.Count > 0)
            added.Add(new(ChainHeader, string.Join(',', chain.Select(each => Convert.ToBase64String(each.RawData)))));
        var signed = new SigV4Signer.HeaderList(SigV4Signer.WithHost(uri, [.. headers, .. added]));
        var authorization = new SigV4Authorization
        {
            Algorithm = key is RSA ? RsaAlgorithm : EcdsaAlgorithm,
            AccessKeyId = SerialNumberOf(certificate),
            Date = timestamp[..8],
            Region = region,
            Service = "rolesanywhere",
            Terminator = SigV4.Terminator,
            SignedHeaders = SigV4Signer.SignedNames(signed),
            Signature = "",
            Timestamp = timestamp,
            SignedAt = now,
        };
        var stringToSign = SigV4.StringToSign(authorization, new SignableRequest(method, uri.PathAndQuery, signed), payloadHash, new SigV4Rules { Service = authorization.Service });
        added.Add(new("Authorization",
            $"{authorization.Algorithm} Credential={authorization.AccessKeyId}/{authorization.CredentialScope}, SignedHeaders={authorization.SignedHeaders}, Signature={Sign(key, stringToSign)}"));
        return added;
    }

    private static string Sign(AsymmetricAlgorithm key, string stringToSign)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(stringToSign));
        return Convert.ToHexStringLower(key switch
        {
            RSA rsa => rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            ECDsa ecdsa => ecdsa.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence),
            _ => throw new ArgumentException("Only RSA and ECDSA keys sign requests.", nameof(key)),
        });
    }
}
