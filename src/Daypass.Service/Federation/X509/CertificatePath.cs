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
    private const string Unbound = "Its common name is none of its DNS names, and an authority on the path to the trust anchor may not issue for all names";
    private const string NameConstraints = "2.5.29.30";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>What is looked at on a path, in the order in which a live call names what is wrong.</summary>
    public static readonly string[] Checks = ["signatures", "authorities", "validity", "usage", "names", "extensions", "path"];

    /// <summary>
    /// The certificates from the workload's own to the anchor's, both of them included. Each of the anchors by itself: of two with one name, which an
    /// authority has while it changes its key, the wrong one must not stand before the right one.
    /// </summary>
    /// <exception cref="CertificateRefusedException">There is no such path, or not at this time.</exception>
    public static IReadOnlyList<X509Certificate2> Find(ClientCertificate shown, IReadOnlyList<X509Certificate2> anchors, DateTimeOffset now)
    {
        var examined = Nearest(shown, anchors, now);
        if (examined.Faults.Count == 0)
            return examined.Certificates;
        using (examined)
            throw new CertificateRefusedException(examined.Faults[0].Text);
    }

    /// <summary>The path to the first anchor that vouches for it; else the one whose fault is told, to be disposed of: a path that ends before its anchor says least.</summary>
    public static ExaminedPath Nearest(ClientCertificate shown, IReadOnlyList<X509Certificate2> anchors, DateTimeOffset now)
    {
        ExaminedPath? nearest = null;
        foreach (var anchor in anchors)
        {
            var examined = Examine(shown, anchor, now);
            var isBetter = nearest is null || examined.Faults.Count == 0 || (nearest.IsCutShort && !examined.IsCutShort);
            (isBetter ? nearest : examined)?.Dispose();
            nearest = isBetter ? examined : nearest;
            if (nearest!.Faults.Count == 0)
                break;
        }
        return nearest ?? new ExaminedPath([], false, [new PathFault("path", NoPath)]);
    }

    private static ExaminedPath Examine(ClientCertificate shown, X509Certificate2 anchor, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        Set(chain.ChainPolicy, shown, anchor, now);
        if (TryBuild(chain, shown.Leaf) is not { } isBuilt)
            return new ExaminedPath([], false, [new PathFault("extensions", Unreadable)]);
        var path = chain.ChainElements.Select(element => element.Certificate).ToList();
        var end = path.Count == 0 ? -1 : path.FindIndex(1, certificate => anchor.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));
        foreach (var unused in path[(end < 1 ? path.Count : end + 1)..])
            unused.Dispose();
        List<X509Certificate2> kept = end < 1 ? path : path[..(end + 1)];
        return new ExaminedPath(kept, end >= 1, !isBuilt ? FaultsOf(chain.ChainStatus) : end < 1 ? [new("path", NoPath)] : !AreLinked(path, end) ? [new("signatures", Forged)] : IsNameBound(kept) ? [] : [new("names", Unbound)]);
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

    // Constraints on DNS names bind the alternative names, and a common name only where there are none (RFC 5280 4.2.1.10 does not know it; the library is
    // so kind). But here the common name is who somebody is: beside a DNS name that is allowed it must not be one that is not.
    private static bool IsNameBound(List<X509Certificate2> path)
    {
        if (!path[1..].Exists(authority => authority.Extensions[NameConstraints] is not null))
            return true;
        var names = path[0].Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).ToList();
        return names.Count == 0 || DistinguishedName.Read(path[0].SubjectName).CommonName is not { } common || !common.Contains('.', StringComparison.Ordinal) || names.Contains(common, StringComparer.OrdinalIgnoreCase);
    }

    private static List<PathFault> FaultsOf(X509ChainStatus[] status)
    {
        var flags = status.Aggregate(X509ChainStatusFlags.NoError, (all, each) => all | each.Status);
        List<PathFault> faults = [.. Reasons.Where(reason => flags.HasFlag(reason.Flag)).Select(reason => new PathFault(reason.Check, reason.Text)).DistinctBy(fault => fault.Check)];
        return faults.Count == 0 ? [new PathFault("path", NoPath)] : faults;
    }

    private static readonly (X509ChainStatusFlags Flag, string Check, string Text)[] Reasons =
    [
        (X509ChainStatusFlags.NotSignatureValid, "signatures", Forged),
        (X509ChainStatusFlags.InvalidBasicConstraints, "authorities", "A certificate on the path to the trust anchor may not issue others, or not so many below it"),
        (X509ChainStatusFlags.NotTimeValid, "validity", "It has expired or is not valid yet, or one on the path to the trust anchor"),
        (X509ChainStatusFlags.NotValidForUsage, "usage", "Its extended key usage, or that of one on the path to the trust anchor, is not for client authentication"),
        (X509ChainStatusFlags.HasNotPermittedNameConstraint, "names", "It has a name outside those that an authority on the path may issue for"),
        (X509ChainStatusFlags.HasExcludedNameConstraint, "names", "It has a name outside those that an authority on the path may issue for"),
        (X509ChainStatusFlags.InvalidNameConstraints, "names", "A certificate on the path to the trust anchor has name constraints that cannot be checked"),
        (X509ChainStatusFlags.HasNotSupportedNameConstraint, "names", "A certificate on the path to the trust anchor has name constraints that cannot be checked"),
        (X509ChainStatusFlags.HasNotSupportedCriticalExtension, "extensions", "It has a critical extension that is not known here, or one on the path to the trust anchor"),
        (X509ChainStatusFlags.InvalidExtension, "extensions", Unreadable),
    ];
}
