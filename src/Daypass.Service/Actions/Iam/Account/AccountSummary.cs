using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Account;

/// <summary>The numbers of GetAccountSummary: what there is, and how much of it there may be.</summary>
internal static class AccountSummary
{
    public static IEnumerable<KeyValuePair<string, long>> Of(Documents documents) => [.. Entities(documents), .. Limits(), .. Absent()];

    private static IEnumerable<KeyValuePair<string, long>> Entities(Documents documents) =>
    [
        new("Users", documents.Count(DocumentKinds.User)),
        new("UsersQuota", Quotas.Users.Limit),
        new("Groups", documents.Count(DocumentKinds.Group)),
        new("GroupsQuota", Quotas.Groups.Limit),
        new("Roles", documents.Count(DocumentKinds.Role)),
        new("RolesQuota", Quotas.Roles.Limit),
        new("Policies", documents.Count(DocumentKinds.Policy)),
        new("PoliciesQuota", Quotas.Policies.Limit),
        new("PolicyVersionsInUse", documents.All(DocumentKinds.Policy).Sum(policy => policy.Versions.Count)),
        new("MFADevices", documents.Count(DocumentKinds.MfaDevice)),
        new("MFADevicesInUse", documents.All(DocumentKinds.MfaDevice).Count(device => device.UserId is not null)),
        new("Providers", documents.Count(DocumentKinds.OidcProvider) + documents.Count(DocumentKinds.SamlProvider)),
        new("PolicyVersionsInUseQuota", Quotas.PolicyVersionsInUse),
    ];

    private static IEnumerable<KeyValuePair<string, long>> Limits() =>
    [
        new("UserPolicySizeQuota", Quotas.UserPolicySize),
        new("GroupPolicySizeQuota", Quotas.GroupPolicySize),
        new("RolePolicySizeQuota", Quotas.RolePolicySize),
        new("PolicySizeQuota", Quotas.PolicySize.Limit),
        new("AssumeRolePolicySizeQuota", Quotas.TrustPolicySize.Limit),
        new("VersionsPerPolicyQuota", Quotas.VersionsPerPolicy),
        new("GroupsPerUserQuota", Quotas.GroupsPerUser.Limit),
        new("AccessKeysPerUserQuota", Quotas.AccessKeysPerUser.Limit),
        new("AttachedPoliciesPerUserQuota", Quotas.PoliciesPerUser.Limit),
        new("AttachedPoliciesPerGroupQuota", Quotas.PoliciesPerGroup.Limit),
        new("AttachedPoliciesPerRoleQuota", Quotas.PoliciesPerRole.Limit),
        new("SigningCertificatesPerUserQuota", Quotas.SigningCertificatesPerUser),
        new("InstanceProfilesQuota", Quotas.InstanceProfiles),
        new("ServerCertificatesQuota", Quotas.ServerCertificates),
    ];

    // What no account here can have: the root user has no credentials, and these kinds of entity do not exist.
    private static IEnumerable<KeyValuePair<string, long>> Absent() =>
    [
        new("AccountAccessKeysPresent", 0),
        new("AccountMFAEnabled", 0),
        new("AccountPasswordPresent", 0),
        new("AccountSigningCertificatesPresent", 0),
        new("InstanceProfiles", 0),
        new("ServerCertificates", 0),
        // Tokens of version 2 are valid in every region, as all tokens are here.
        new("GlobalEndpointTokenVersion", 2),
    ];
}
