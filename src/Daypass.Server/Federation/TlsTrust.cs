using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Daypass.Service.Federation;

namespace Daypass.Server.Federation;

/// <summary>
/// Whether a provider's server is vouched for: by the authorities of its own settings where it has some, else by those that the system trusts, else by a
/// certificate of its chain whose thumbprint is registered, as AWS has it. The name must be right in any case.
/// </summary>
internal static class TlsTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static bool Accepts(ServerTrust trust, X509Certificate? certificate, X509Chain? served, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & (SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable)) != 0)
            return false;
        using var leaf = new X509Certificate2(certificate);
        if (trust.Authorities is not null)
            return IsIssuedBy(trust.Authorities, leaf, served);
        return errors == SslPolicyErrors.None || (trust.Thumbprints.Length > 0 && HasThumbprint(trust.Thumbprints.Split(','), leaf, served));
    }

    /// <summary>How chains are built: nothing is downloaded, for a certificate that names where its issuer's is found would make this server call there.</summary>
    public static X509ChainPolicy NewPolicy() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        ApplicationPolicy = { new Oid(ServerAuthentication) },
    };

    private static bool IsIssuedBy(string authorities, X509Certificate2 leaf, X509Chain? served)
    {
        var known = new X509Certificate2Collection();
        known.ImportFromPem(authorities);
        using var chain = NewChain(served);
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(known);
        return chain.Build(leaf);
    }

    // The chain that is built and verified, not the one that was sent: anybody can send a certificate along.
    private static bool HasThumbprint(string[] thumbprints, X509Certificate2 leaf, X509Chain? served)
    {
        using var chain = NewChain(served);
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return chain.Build(leaf) && chain.ChainElements.Any(element => thumbprints.Contains(element.Certificate.GetCertHashString(HashAlgorithmName.SHA1)));
    }

    private static X509Chain NewChain(X509Chain? served)
    {
        var chain = new X509Chain { ChainPolicy = NewPolicy() };
        foreach (var element in served?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        foreach (var extra in served?.ChainPolicy.ExtraStore ?? [])
            chain.ChainPolicy.ExtraStore.Add(extra);
        return chain;
    }
}
