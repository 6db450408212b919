namespace Daypass.Policies.Validation.Services;

/// <summary>What IAM Roles Anywhere knows of itself.</summary>
internal static class RolesAnywhereFacts
{
    public const string Text = """
        resource trust-anchor arn:*:rolesanywhere:*:*:trust-anchor/* tags
        resource profile arn:*:rolesanywhere:*:*:profile/* tags
        resource crl arn:*:rolesanywhere:*:*:crl/* tags
        resource subject arn:*:rolesanywhere:*:*:subject/* tags
        action CreateProfile
        action CreateTrustAnchor
        action DeleteAttributeMapping profile
        action DeleteCrl crl
        action DeleteProfile profile
        action DeleteTrustAnchor trust-anchor
        action DisableCrl crl
        action DisableProfile profile
        action DisableTrustAnchor trust-anchor
        action EnableCrl crl
        action EnableProfile profile
        action EnableTrustAnchor trust-anchor
        action GetCrl crl
        action GetProfile profile
        action GetSubject subject
        action GetTrustAnchor trust-anchor
        action ImportCrl
        action ListCrls
        action ListProfiles
        action ListSubjects
        action ListTagsForResource trust-anchor,profile,crl,subject
        action ListTrustAnchors
        action PutAttributeMapping profile
        action PutNotificationSettings trust-anchor
        action ResetNotificationSettings trust-anchor
        action TagResource trust-anchor,profile,crl,subject
        action UntagResource trust-anchor,profile,crl,subject
        action UpdateCrl crl
        action UpdateProfile profile
        action UpdateTrustAnchor trust-anchor
        """;
}
