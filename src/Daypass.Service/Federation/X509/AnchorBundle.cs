using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Daypass.Service.Federation.X509;

/// <summary>The certificates of a trust anchor, from the PEM that somebody uploads: certification authorities, and nothing else.</summary>
internal static class AnchorBundle
{
    /// <summary>AWS's quota.</summary>
    public const int MaxCertificates = 2;

    private const string Label = "CERTIFICATE";

    /// <summary>The certificates as Base64 of their DER.</summary>
    /// <exception cref="CertificateRefusedException">The text is no such bundle.</exception>
    public static IReadOnlyList<string> Read(string pem, DateTimeOffset now)
    {
        List<string> found = [.. Blocks(pem, Label).Select(der => Check(der, now))];
        return found.Count switch
        {
            0 => throw new CertificateRefusedException("It has no PEM certificate"),
            > MaxCertificates => throw new CertificateRefusedException($"It has more than {MaxCertificates} certificates"),
            _ => found.Distinct(StringComparer.Ordinal).Count() == found.Count ? found : throw new CertificateRefusedException("It has a certificate twice"),
        };
    }

    /// <summary>The contents of the PEM blocks of a text, all of which must have the label: a private key is not to be sent at all.</summary>
    public static IEnumerable<byte[]> Blocks(string pem, string label)
    {
        var rest = pem;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (!rest.AsSpan()[fields.Label].SequenceEqual(label))
                throw new CertificateRefusedException($"It has a PEM block that is no {label}");
            yield return Convert.FromBase64String(rest[fields.Base64Data]);
            rest = rest[fields.Location.End..];
        }
        if (rest.Contains("-----", StringComparison.Ordinal))
            throw new CertificateRefusedException("It has a PEM block that cannot be read");
    }

    /// <summary>The certificates of an anchor, to be disposed of.</summary>
    public static X509Certificate2[] Open(TrustAnchor anchor) =>
        [.. anchor.Certificates.Select(certificate => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(certificate)))];

    private static string Check(byte[] der, DateTimeOffset now)
    {
        using var certificate = CertificateRules.Read(der);
        if (!certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))
            throw new CertificateRefusedException("It has a certificate that is not of a certification authority (basic constraints, CA)");
        if (certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign))
            throw new CertificateRefusedException("It has a certificate whose key may not sign others (key usage, keyCertSign)");
        return certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime
            ? throw new CertificateRefusedException("It has a certificate that has expired")
            : Convert.ToBase64String(der);
    }
}
