using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;

namespace Daypass.Service.Federation.Preview;

/// <summary>Which roles a certificate would get, by which profile, and why it would not get the others.</summary>
internal static class CertificateRoles
{
    /// <param name="asked">The certificate.</param>
    /// <param name="preview">What came of it.</param>
    /// <param name="roleArn">One role; null for those of the profiles, and those that trust the certificate and are in none.</param>
    /// <param name="scene">Of the call.</param>
    public static IEnumerable<RolePreview> Of(CertificateQuestion asked, Preview preview, string? roleArn, Scene scene)
    {
        if (preview.Identity is null || !Arn.TryParse(preview.ProviderArn, out var arn) || scene.Home.FindTrustAnchor(arn) is not { } anchor)
            return [];
        var profiles = CertificatePreview.Profiles(asked, scene);
        var listed = profiles.SelectMany(profile => ByProfile(profile, roleArn, asked, anchor, isOnly: profiles.Count == 1, scene)).ToList();
        var supposed = Suppose(CertificatePreview.Under(asked, anchor, null, scene), scene);
        var unlisted = Unlisted(roleArn, scene).Where(role => !listed.Exists(row => row.RoleArn == role)).Select(role => RolePreview.By(null, null, role, supposed));
        return [.. listed, .. unlisted.Where(row => roleArn is not null || row.NamesCaller)];
    }

    private static IEnumerable<RolePreview> ByProfile(AnywhereProfile profile, string? roleArn, CertificateQuestion asked, TrustAnchor anchor, bool isOnly, Scene scene)
    {
        // Of one role and many profiles, those that do not list it are beside the point.
        var roles = roleArn is null ? profile.Roles : isOnly || profile.Roles.Contains(roleArn) ? [roleArn] : [];
        var supposed = Suppose(CertificatePreview.Under(asked, anchor, profile, scene), scene);
        return roles.Select(role => RolePreview.By(profile, profile.ArnIn(scene.Home.Account).ToString(), role, supposed)).ToList();
    }

    private static IEnumerable<string> Unlisted(string? roleArn, Scene scene) =>
        roleArn is null ? scene.Home.Documents.All(DocumentKinds.Role).Select(role => role.ArnIn(scene.Home.Account).ToString()) : [roleArn];

    // As the live call would see it: its own caller, and no second factor.
    private static Scene Suppose(ProvenIdentity identity, Scene scene) => scene with { Caller = FederatedCallers.OfCertificate(scene.Home, identity), Mfa = null };
}
