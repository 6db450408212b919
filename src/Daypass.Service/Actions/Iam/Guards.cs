using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam;

/// <summary>
/// The guards of IAM, by name: what must not change at the same time although it is in different documents. Those of one entity end
/// with it; ids are never used again, so a dropped guard cannot be mistaken for another's.
/// </summary>
internal static class Guards
{
    /// <summary>How many there are, against the quota.</summary>
    public const string Users = "users";
    public const string Groups = "groups";
    public const string Roles = "roles";
    public const string Policies = "policies";
    public const string OidcProviders = "oidc-providers";
    public const string SamlProviders = "saml-providers";
    public const string LdapProviders = "ldap-providers";

    /// <summary>The access keys of a user: how many, and that there are none when the user goes.</summary>
    public static string AccessKeysOf(User user) => "access-keys/" + user.Id;

    /// <summary>How many virtual MFA devices there are.</summary>
    public const string MfaDevices = "mfa-devices";

    /// <summary>The MFA devices of a user: how many, and that there are none when the user goes.</summary>
    public static string MfaDevicesOf(User user) => "mfa-devices/" + user.Id;

    /// <summary>That a group has no members when it goes.</summary>
    public static string MembersOf(Group group) => "group-members/" + group.Id;

    /// <summary>That a managed policy hangs on nothing when it goes; as a boundary it hangs too.</summary>
    public static string AttachmentsOf(string policyArn) => "policy-attachments/" + policyArn;
}
