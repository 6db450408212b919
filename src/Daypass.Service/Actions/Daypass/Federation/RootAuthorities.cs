using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation;

/// <summary>The <c>CertificateAuthorities</c> of a provider, as they are written: those that alone vouch for its server.</summary>
internal static class RootAuthorities
{
    private const int Most = 10;

    /// <exception cref="ApiException">InvalidInput: they are not a few root certificates in PEM.</exception>
    public static void Check(string? text)
    {
        if (text is null)
            return;
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            certificates.Clear();
        }
        if (certificates.Count is 0 or > Most || !certificates.All(IsRoot))
            throw Errors.InvalidInput($"CertificateAuthorities must be 1 to {Most} certificates in PEM, each of a root authority (issued by itself, with CA:TRUE).");
    }

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData) && certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority);
}
