using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Service.Federation.Saml;

/// <summary>The public key of a certificate that a provider signs with: RSA, or one of NIST's three curves.</summary>
internal sealed class SamlSigningKey
{
    private const int MinKeySize = 2048;
    private const int MaxKeySize = 8192;

    // As with the keys of tokens (NIST SP 800-56B). With an exponent of 1 a signature is the padded hash itself, which anybody can write.
    private const uint MinExponent = 65537;

    private static readonly string[] Curves = [ECCurve.NamedCurves.nistP256.Oid.Value!, ECCurve.NamedCurves.nistP384.Oid.Value!, ECCurve.NamedCurves.nistP521.Oid.Value!];

    private SamlSigningKey(bool isRsa, KeyPool keys) => (IsRsa, Keys) = (isRsa, keys);

    /// <summary>Otherwise it is of an elliptic curve.</summary>
    public bool IsRsa { get; }

    public KeyPool Keys { get; }

    /// <param name="certificate">In Base64. Nothing in it counts but its key.</param>
    /// <exception cref="XmlRefusedException">It cannot be read, or its key is of a kind or size that is not taken.</exception>
    public static SamlSigningKey Of(string certificate)
    {
        try
        {
            using var read = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(certificate));
            if (read.GetRSAPublicKey() is { } rsa)
                return OfRsa(rsa);
            return read.GetECDsaPublicKey() is { } curve ? OfCurve(curve) : throw new XmlRefusedException("it has a certificate whose key is neither RSA nor ECDSA");
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            throw new XmlRefusedException("it has a certificate that cannot be read", failure.Message);
        }
    }

    private static SamlSigningKey OfRsa(RSA key)
    {
        using (key)
        {
            if (key.KeySize is < MinKeySize or > MaxKeySize)
                throw new XmlRefusedException($"it has an RSA key of {key.KeySize} bits; {MinKeySize} to {MaxKeySize} are taken");
            var parameters = key.ExportParameters(false);
            if (!IsSound(parameters))
                throw new XmlRefusedException($"it has an RSA key whose modulus is even, or whose exponent is not an odd number of {MinExponent} to {uint.MaxValue}");
            return new SamlSigningKey(isRsa: true, new KeyPool(() => RSA.Create(parameters)));
        }
    }

    private static bool IsSound(RSAParameters key) =>
        !Number(key.Modulus!).IsEven && Number(key.Exponent!) is var exponent && exponent >= MinExponent && exponent <= uint.MaxValue && !exponent.IsEven;

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static SamlSigningKey OfCurve(ECDsa key)
    {
        using (key)
        {
            var parameters = key.ExportParameters(false);
            if (!parameters.Curve.IsNamed || !Curves.Contains(parameters.Curve.Oid.Value, StringComparer.Ordinal))
                throw new XmlRefusedException("it has a key of an elliptic curve other than P-256, P-384 and P-521");
            return new SamlSigningKey(isRsa: false, new KeyPool(() => ECDsa.Create(parameters)));
        }
    }
}
