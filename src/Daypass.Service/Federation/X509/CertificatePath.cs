using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Service.Federation.X509;

/// <summary>
/// The path from a workload's certificate to a trust anchor (RFC 5280 section 6). Nothing is fetched: not what certificates point to, not what they
/// say of revocation. An anchor may be an intermediate authority, and then ends the path there.
/// </summary>
internal static class CertificatePath
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The certificates from the workload's own to the anchor's, both of them included.</summary>
    /// <exception cref="CertificateRefusedException">There is no such path, or not at this time.</exception>
    public static IReadOnlyList<X509Certificate2> Find(ClientCertificate shown, IReadOnlyList<X509Certificate2> anchors, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.DisableCertificateDownloads = true;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.VerificationTimeIgnored = false;
        policy.VerificationTime = now.UtcDateTime;
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        // Only what is signed by itself counts as a root there. Which authority ends the path is decided below, by its bytes.
        policy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        foreach (var anchor in anchors)
        {
            policy.CustomTrustStore.Add(anchor);
            policy.ExtraStore.Add(anchor);
        }
        foreach (var certificate in shown.Chain)
            policy.ExtraStore.Add(certificate);
        var isBuilt = chain.Build(shown.Leaf);
        var path = chain.ChainElements.Select(element => element.Certificate).ToList();
        var end = path.FindIndex(1, certificate => anchors.Any(anchor => anchor.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)));
        if (isBuilt && end > 0)
            return CheckLinks(path, end);
        path.ForEach(certificate => certificate.Dispose());
        throw new CertificateRefusedException(isBuilt ? "No path leads from it to the trust anchor" : ReasonOf(chain.ChainStatus));
    }

    // Every signature once more, by our own hand: the flag above lets the library build paths that it would not call good.
    private static List<X509Certificate2> CheckLinks(List<X509Certificate2> path, int end)
    {
        var whole = path[..(end + 1)];
        path[(end + 1)..].ForEach(certificate => certificate.Dispose());
        for (var i = 0; i < end; i++)
        {
            if (SignedStructure.IsSignedBy(whole[i].RawData, whole[i + 1]))
                continue;
            whole.ForEach(certificate => certificate.Dispose());
            throw new CertificateRefusedException("A signature on the path to the trust anchor is wrong");
        }
        return whole;
    }

    private static string ReasonOf(X509ChainStatus[] status)
    {
        var flags = status.Aggregate(X509ChainStatusFlags.NoError, (all, each) => all | each.Status);
        return Reasons.FirstOrDefault(reason => flags.HasFlag(reason.Flag)).Text ?? "No path leads from it to the trust anchor";
    }

    private static readonly (X509ChainStatusFlags Flag, string Text)[] Reasons =
    [
        (X509ChainStatusFlags.NotSignatureValid, "A signature on the path to the trust anchor is wrong"),
        (X509ChainStatusFlags.InvalidBasicConstraints, "A certificate on the path to the trust anchor may not issue others, or not so many below it"),
        (X509ChainStatusFlags.NotTimeValid, "It has expired or is not valid yet, or one on the path to the trust anchor"),
        (X509ChainStatusFlags.NotValidForUsage, "Its extended key usage, or that of one on the path to the trust anchor, is not for client authentication"),
        (X509ChainStatusFlags.HasNotPermittedNameConstraint, "It has a name outside those that an authority on the path may issue for"),
        (X509ChainStatusFlags.HasExcludedNameConstraint, "It has a name outside those that an authority on the path may issue for"),
        (X509ChainStatusFlags.InvalidNameConstraints, "A certificate on the path to the trust anchor has name constraints that cannot be checked"),
        (X509ChainStatusFlags.HasNotSupportedNameConstraint, "A certificate on the path to the trust anchor has name constraints that cannot be checked"),
        (X509ChainStatusFlags.HasNotSupportedCriticalExtension, "It has a critical extension that is not known here, or one on the path to the trust anchor"),
        (X509ChainStatusFlags.InvalidExtension, "It has an extension that cannot be read, or one on the path to the trust anchor"),
    ];
}
