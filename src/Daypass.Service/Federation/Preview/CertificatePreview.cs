using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Preview;

/// <summary>
/// The preview of a certificate. Its key stays where it is: that the holder has it is the one check that is not made. What no anchor vouches for is shown all
/// the same: a certificate is no secret.
/// </summary>
internal static class CertificatePreview
{
    private static readonly string[] OfAnchors = [.. CertificatePath.Checks, "subject", "enabled", "revocation", "profile"];

    public static Preview Of(CertificateQuestion asked, Scene scene)
    {
        var checks = new CheckList();
        ClientCertificate? shown = null;
        if (!checks.Make("form", () => Form(shown = ClientCertificate.Parse(asked.Leaf, asked.Chain))))
        {
            checks.Skip("there is no certificate to look at", ["leaf", "chain", "possession", "anchor", .. OfAnchors]);
            return new Preview(null, checks, null);
        }
        using (shown)
            return Of(shown!, asked, checks, scene);
    }

    /// <summary>The certificate's word under a profile, each of which may take other attributes.</summary>
    /// <param name="asked">Whose preview has an identity.</param>
    /// <param name="anchor">The trust anchor of that preview.</param>
    /// <param name="profile">Null for what profiles take unless they are told otherwise.</param>
    /// <param name="scene">Of the call.</param>
    public static ProvenIdentity Under(CertificateQuestion asked, TrustAnchor anchor, AnywhereProfile? profile, Scene scene)
    {
        using var shown = ClientCertificate.Parse(asked.Leaf, asked.Chain);
        return Under(shown, anchor, profile, scene);
    }

    private static ProvenIdentity Under(ClientCertificate shown, TrustAnchor anchor, AnywhereProfile? profile, Scene scene) =>
        CertificateIdentity.Of(shown, anchor, profile?.Mappings ?? AttributeMapping.Defaults, [], scene.Home.Account, scene.RealTime);

    private static Preview Of(ClientCertificate shown, CertificateQuestion asked, CheckList checks, Scene scene)
    {
        checks.Make("leaf", () =>
        {
            shown.RequireWorkload();
            return "of a workload, with digitalSignature";
        });
        checks.Make("chain", () =>
        {
            shown.RequireDistinct();
            return $"{shown.Chain.Count} certificates came along";
        });
        checks.Skip("only whoever has its private key can show that", "possession");
        TrustAnchor? anchor = null;
        if (!checks.Make("anchor", () => $"{(anchor = Find(shown, asked.Anchor, scene)).Name}, {anchor.ArnIn(scene.Home.Account)}", () => asked.Anchor?.ToString() ?? "the account has none"))
        {
            checks.Skip("there is no trust anchor that it could be held against", OfAnchors);
            return new Preview(null, checks, null);
        }
        using var path = Examine(shown, anchor!, scene.RealTime);
        PathPreview.Note(checks, shown, path, scene.RealTime);
        ProvenIdentity? identity = null;
        checks.Make("subject", () => NamesOf(identity = Under(shown, anchor!, Profiles(asked, scene) is [var only] ? only : null, scene)));
        Anchor(checks, anchor!, path, scene);
        checks.Make("profile", () => Profiles(asked, scene) switch
        {
            [] => throw Errors.ResourceNotFound("profile"),
            [var only] => $"{only.Name}, {only.ArnIn(scene.Home.Account)}",
            var many => $"any of the account's {many.Count}",
        }, () => asked.Profile?.ToString() ?? "the account has none");
        return new Preview(anchor!.ArnIn(scene.Home.Account).ToString(), checks, identity);
    }

    /// <summary>The profile that is meant, or all that there are.</summary>
    public static IReadOnlyList<AnywhereProfile> Profiles(CertificateQuestion asked, Scene scene) => asked.Profile is null
        ? [.. scene.Home.Documents.All(DocumentKinds.AnywhereProfile).OrderBy(profile => profile.Name, StringComparer.Ordinal).ThenBy(profile => profile.Id, StringComparer.Ordinal)]
        : scene.Home.FindAnywhereProfile(asked.Profile) is { } profile ? [profile] : [];

    private static void Anchor(CheckList checks, TrustAnchor anchor, ExaminedPath path, Scene scene)
    {
        checks.Make("enabled", () =>
        {
            anchor.RequireEnabled();
            return "the trust anchor is";
        });
        if (path.ReachesAnchor)
            checks.Make("revocation", () => $"held against {anchor.RequireUnrevoked(scene.Home, path.Certificates, scene.RealTime, list => list.Open())} imported lists");
        else
            checks.Skip("there is no path to the trust anchor", "revocation");
    }

    private static ExaminedPath Examine(ClientCertificate shown, TrustAnchor anchor, DateTimeOffset now)
    {
        var authorities = AnchorBundle.Open(anchor);
        try
        {
            return CertificatePath.Nearest(shown, authorities, now);
        }
        finally
        {
            foreach (var authority in authorities)
                authority.Dispose();
        }
    }

    private static TrustAnchor Find(ClientCertificate shown, Arn? named, Scene scene) =>
        (named is not null ? scene.Home.FindTrustAnchor(named) : Nearest(shown, scene)) ?? throw Errors.ResourceNotFound("trust anchor");

    // The one that a live call would have to name; if there is none, the one that comes nearest, for its fault is what is to be mended.
    private static TrustAnchor? Nearest(ClientCertificate shown, Scene scene) => scene.Home.Documents.All(DocumentKinds.TrustAnchor)
        .OrderBy(anchor => RankOf(shown, anchor, scene.RealTime)).ThenBy(anchor => anchor.IsEnabled ? 0 : 1).ThenBy(anchor => anchor.Id, StringComparer.Ordinal).FirstOrDefault();

    private static int RankOf(ClientCertificate shown, TrustAnchor anchor, DateTimeOffset now)
    {
        using var path = Examine(shown, anchor, now);
        return path.Faults.Count == 0 ? 0 : path.ReachesAnchor ? 1 : path.IsCutShort ? 3 : 2;
    }

    private static string NamesOf(ProvenIdentity identity) => identity.SourceIdentity is { } name
        ? $"the source identity is {name}, the session's name {identity.Certificate!.SerialNumber}"
        : $"it has no common name, so there is no source identity; the session's name is {identity.Certificate!.SerialNumber}";

    private static string Form(ClientCertificate shown) =>
        $"{PathPreview.NameOf(shown.Leaf.SubjectName)}, issued by {PathPreview.NameOf(shown.Leaf.IssuerName)}, serial number {shown.SerialNumber}, SHA-256 {shown.Fingerprint}";
}
