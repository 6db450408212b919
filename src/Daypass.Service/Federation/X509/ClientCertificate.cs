using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Service.Federation.X509;

/// <summary>
/// The certificate that a workload shows, and those that lead from it to a trust anchor: read, and held to the rules that need no anchor. Nothing is
/// proven by that.
/// </summary>
internal sealed class ClientCertificate : IDisposable
{
    /// <summary>AWS's limit of the chain that comes along.</summary>
    public const int MaxChain = 5;

    private static readonly int MaxHeader = Base64Length(CertificateRules.MaxLength);

    private ClientCertificate(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> chain) => (Leaf, Chain) = (leaf, chain);

    public X509Certificate2 Leaf { get; }

    public IReadOnlyList<X509Certificate2> Chain { get; }

    /// <summary>The serial number in lower-case hex, whole bytes: what sessions are called by.</summary>
    public string SerialNumber => Leaf.SerialNumber.ToLowerInvariant();

    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Leaf.RawDataMemory.Span));

    /// <summary>Reads the two headers.</summary>
    /// <exception cref="CertificateRefusedException">They hold no certificate that could be taken.</exception>
    public static ClientCertificate Read(string leafHeader, string? chainHeader)
    {
        var shown = Parse(leafHeader, chainHeader);
        try
        {
            shown.RequireWorkload();
            shown.RequireDistinct();
            return shown;
        }
        catch (CertificateRefusedException)
        {
            shown.Dispose();
            throw;
        }
    }

    /// <summary>Reads the two headers, whatever the certificates are for.</summary>
    /// <exception cref="CertificateRefusedException">They are no certificates, or break a rule that holds for every one.</exception>
    public static ClientCertificate Parse(string leafHeader, string? chainHeader)
    {
        if ((chainHeader?.Length ?? 0) > MaxChain * (MaxHeader + 1))
            throw new CertificateRefusedException($"It comes with a chain of more than {MaxChain} certificates");
        var parts = string.IsNullOrWhiteSpace(chainHeader) ? [] : chainHeader.Split(',');
        if (parts.Length > MaxChain)
            throw new CertificateRefusedException($"It comes with a chain of more than {MaxChain} certificates");
        var certificates = new List<X509Certificate2>(parts.Length + 1);
        try
        {
            foreach (var part in parts.Prepend(leafHeader))
                certificates.Add(CertificateRules.Read(Decode(part.Trim())));
            return new ClientCertificate(certificates[0], certificates[1..]);
        }
        catch (CertificateRefusedException)
        {
            certificates.ForEach(certificate => certificate.Dispose());
            throw;
        }
    }

    /// <exception cref="CertificateRefusedException">The first is not made for a workload.</exception>
    public void RequireWorkload()
    {
        if (Leaf.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))
            throw new CertificateRefusedException("It is of a certification authority, not of a workload");
        if (Leaf.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature) is not true)
            throw new CertificateRefusedException("Its key usage does not have digitalSignature");
        if (Leaf.Extensions.GroupBy(extension => extension.Oid!.Value).Any(group => group.Count() > 1))
            throw new CertificateRefusedException("It has an extension twice");
    }

    /// <exception cref="CertificateRefusedException">One of them is there twice.</exception>
    public void RequireDistinct()
    {
        if (Chain.Prepend(Leaf).DistinctBy(certificate => certificate.Thumbprint).Count() != Chain.Count + 1)
            throw new CertificateRefusedException("It comes with a chain that has a certificate twice");
    }

    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var certificate in Chain)
            certificate.Dispose();
    }

    private static byte[] Decode(string text)
    {
        var der = new byte[CertificateRules.MaxLength];
        return text.Length is > 0 && text.Length <= MaxHeader && Convert.TryFromBase64String(text, der, out var length)
            ? der[..length]
            : throw new CertificateRefusedException($"It is not Base64 of one DER certificate of at most {CertificateRules.MaxLength} bytes");
    }

    private static int Base64Length(int bytes) => (bytes + 2) / 3 * 4;
}
