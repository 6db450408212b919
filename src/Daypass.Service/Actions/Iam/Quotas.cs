using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam;

/// <summary>A limit on how many there may be, under the name that AWS's errors give it.</summary>
internal readonly record struct Quota(string Name, int Limit)
{
    /// <summary>Refuses one more when there are <paramref name="present"/> already.</summary>
    /// <exception cref="ApiException">LimitExceeded.</exception>
    public void AdmitOneMore(int present)
    {
        if (present >= Limit)
            throw Errors.QuotaExceeded(Name, Limit);
    }

    /// <summary>Refuses a size above the limit.</summary>
    /// <exception cref="ApiException">LimitExceeded.</exception>
    public void AdmitSize(int size)
    {
        if (size > Limit)
            throw Errors.QuotaExceeded(Name, Limit);
    }
}

/// <summary>The quotas of IAM: AWS's defaults. Sizes are characters without white space.</summary>
internal static class Quotas
{
    /// <summary>Tags of any one entity.</summary>
    public const int Tags = 50;

    // Inline policies of one holder, all together.
    public const int UserPolicySize = 2048;
    public const int GroupPolicySize = 5120;
    public const int RolePolicySize = 10240;

    public const int VersionsPerPolicy = 5;

    // Of kinds that cannot exist here yet; GetAccountSummary names them.
    public const int InstanceProfiles = 1000;
    public const int ServerCertificates = 20;
    public const int SigningCertificatesPerUser = 2;
    public const int PolicyVersionsInUse = 10000;

    public static readonly Quota Users = new("UsersPerAccount", 5000);
    public static readonly Quota Groups = new("GroupsPerAccount", 300);
    public static readonly Quota Roles = new("RolesPerAccount", 1000);
    public static readonly Quota Policies = new("PoliciesPerAccount", 1500);
    public static readonly Quota GroupsPerUser = new("GroupsPerUser", 10);
    public static readonly Quota AccessKeysPerUser = new("AccessKeysPerUser", 2);
    public static readonly Quota PoliciesPerUser = new("PoliciesPerUser", 10);
    public static readonly Quota PoliciesPerGroup = new("PoliciesPerGroup", 10);
    public static readonly Quota PoliciesPerRole = new("PoliciesPerRole", 10);

    /// <summary>Virtual MFA devices, assigned or not: as many as users.</summary>
    public static readonly Quota MfaDevices = new("VirtualMFADevicesPerAccount", Users.Limit);
    public static readonly Quota MfaDevicesPerUser = new("MFADevicesPerUser", 8);

    public static readonly Quota OidcProviders = new("OpenIdConnectProvidersPerAccount", 100);
    public static readonly Quota ClientIdsPerOidcProvider = new("ClientIdsPerOpenIdConnectProvider", 100);

    public static readonly Quota SamlProviders = new("SAMLProvidersPerAccount", 100);
    public static readonly Quota LdapProviders = new("LDAPProvidersPerAccount", 100);

    /// <summary>A version of a managed policy.</summary>
    public static readonly Quota PolicySize = new("PolicySize", 6144);

    /// <summary>A role's trust policy.</summary>
    public static readonly Quota TrustPolicySize = new("ACLSizePerRole", 2048);
}
