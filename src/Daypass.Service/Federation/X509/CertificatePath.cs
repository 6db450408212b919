using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Service.Federation.X509;

/// <summary>
/// The path from a workload's certificate to a trust anchor (RFC 5280 section 6). Nothing is fetched: not what certificates point to, not what they
/// say of revocation. An anchor may be an intermediate authority, and then ends the path there.
/// </summary>
internal static class CertificatePath
{
    private const string NoPath = "No path leads from it to the trust anchor";
    private const string Forged = "A signature on the path to the trust anchor is wrong";
    private const string Unreadable = "It has an extension that cannot be read, or one on the path to the trust anchor";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>
    /// The certificates from the workload's own to the anchor's, both of them included. Each of the anchors by itself: of two with one name, which an
    /// authority has while it changes its key, the wrong one must not stand before the right one.
    /// </summary>
    /// <exception cref="CertificateRefusedException">There is no such path, or not at this time.</exception>
    public static IReadOnlyList<X509Certificate2> Find(ClientCertificate shown, IReadOnlyList<X509Certificate2> anchors, DateTimeOffset now)
    {
        var reasons = new List<string>(anchors.Count);
        foreach (var anchor in anchors)
        {
            var path = Build(shown, anchor, now, out var reason);
            if (path is not null)
                return path;
            reasons.Add(reason);
        }
        throw new CertificateRefusedException(reasons.Find(reason => reason != NoPath) ?? NoPath);
    }

    private static List<X509Certificate2>? Build(ClientCertificate shown, X509Certificate2 anchor, DateTimeOffset now, out string reason)
    {
        using var chain = new X509Chain();
        Set(chain.ChainPolicy, shown, anchor, now);
        if (TryBuild(chain, shown.Leaf) is not { } isBuilt)
        {
            reason = Unreadable;
            return null;
        }
        var path = chain.ChainElements.Select(element => element.Certificate).ToList();
        var end = path.Count == 0 ? -1 : path.FindIndex(1, certificate => anchor.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));
        reason = !isBuilt ? ReasonOf(chain.ChainStatus) : end < 1 ? NoPath : AreLinked(path, end) ? "" : Forged;
        foreach (var unused in reason.Length > 0 ? path : path[(end + 1)..])
            unused.Dispose();
        return reason.Length > 0 ? null : path[..(end + 1)];
    }

    // The library reads policies by itself, and throws where they are none.
    private static bool? TryBuild(X509Chain chain, X509Certificate2 leaf)
    {
        try
        {
            return chain.Build(leaf);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static void Set(X509ChainPolicy policy, ClientCertificate shown, X509Certificate2 anchor, DateTimeOffset now)
    {
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.DisableCertificateDownloads = true;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.VerificationTimeIgnored = false;
        policy.VerificationTime = now.UtcDateTime;
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        // Only what is signed by itself counts as a root there. Which authority ends the path is decided above, by its bytes.
        policy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        policy.CustomTrustStore.Add(anchor);
        policy.ExtraStore.Add(anchor);
        foreach (var certificate in shown.Chain)
            policy.ExtraStore.Add(certificate);
    }

    // Every signature once more, by our own hand: the flag above lets the library build paths that it would not call good.
    private static bool AreLinked(List<X509Certificate2> path, int end) => Enumerable.Range(0, end).All(i => SignedStructure.IsSignedBy(path[i].RawData, path[i + 1]));

    private static string ReasonOf(X509ChainStatus[] status)
    {
        var flags = status.Aggregate(X509ChainStatusFlags.NoError, (all, each) => all | each.Status);
        return Reasons.FirstOrDefault(reason => flags.HasFlag(reason.Flag)).Text ?? NoPath;
    }

    private static readonly (X509ChainStatusFlags Flag, string Text)[] Reasons =
    [
        (X509ChainStatusFlags.NotSignatureValid, Forged),
        (X509ChainStatusFlags.InvalidBasicConstraints, "A certificate on the path to the trust anchor may not issue others, or not so many below it"),
        (X509ChainStatusFlags.NotTimeValid, "It has expired or is not valid yet, or one on the path to the trust anchor"),
        (X509ChainStatusFlags.NotValidForUsage, "Its extended key usage, or that of one on the path to the trust anchor, is not for client authentication"),
        (X509ChainStatusFlags.HasNotPermittedNameConstraint, "It has a name outside those that an authority on the path may issue for"),
        (X509ChainStatusFlags.HasExcludedNameConstraint, "It has a name outside those that an authority on the path may issue for"),
        (X509ChainStatusFlags.InvalidNameConstraints, "A certificate on the path to the trust anchor has name constraints that cannot be checked"),
        (X509ChainStatusFlags.HasNotSupportedNameConstraint, "A certificate on the path to the trust anchor has name constraints that cannot be checked"),
        (X509ChainStatusFlags.HasNotSupportedCriticalExtension, "It has a critical extension that is not known here, or one on the path to the trust anchor"),
        (X509ChainStatusFlags.InvalidExtension, Unreadable),
    ];
}
