using Daypass.Names;

namespace Daypass.Service.Federation.Ldap;

/// <summary>An LDAP directory that an account trusts: where it is, how its users and their groups are found, and which group may have which role.</summary>
internal sealed record LdapProvider
{
    public int Schema { get; init; } = 1;

    public required string Name { get; init; }

    /// <summary>Letters and digits, never used again: the sealed password is bound to it.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string Url { get; init; }

    public required LdapEncryption Encryption { get; init; }

    /// <summary>Certificates (PEM) of the authorities that vouch for the directory's server; then no others do. Null: those that the system trusts.</summary>
    public string? CertificateAuthorities { get; init; }

    /// <summary>Who searches.</summary>
    public required string BindDn { get; init; }

    public required byte[] SealedBindPassword { get; init; }

    public required string UserBase { get; init; }

    /// <summary>A filter in which <c>%s</c> stands for the name that the caller gives.</summary>
    public required string UserFilter { get; init; }

    public required string GroupBase { get; init; }

    /// <summary>A filter in which <c>%d</c> stands for the user's distinguished name and <c>%s</c> for the user's name.</summary>
    public required string GroupFilter { get; init; }

    public LdapGroupSearch GroupSearch { get; init; }

    /// <summary>Whether sessions carry the user's name as their source identity; their roles must then allow <c>sts:SetSourceIdentity</c>.</summary>
    public bool SetsSourceIdentity { get; init; }

    /// <summary>Who gets which role. A user gets the first that fits where the call names none.</summary>
    public required IReadOnlyList<RoleMapping> Mappings { get; init; }

    public Arn ArnIn(AccountId account) => Arn.Iam(account, "ldap-provider/" + Name);
}

/// <summary>A role for the members of a group.</summary>
/// <param name="GroupDn">The group's distinguished name; letter case and the spaces between its parts do not count.</param>
/// <param name="RoleArn">A role of the provider's own account.</param>
internal sealed record RoleMapping(string GroupDn, string RoleArn);

/// <summary>What keeps passwords from being read on the way to a directory.</summary>
internal enum LdapEncryption
{
    /// <summary>TLS from the first byte: <c>ldaps://</c>.</summary>
    Ldaps,

    /// <summary>TLS before anything is said: <c>ldap://</c>.</summary>
    StartTLS,

    /// <summary>Nothing. The word is what an administrator has to write to get it.</summary>
    UnsafePlaintext,
}

/// <summary>Which groups are a user's.</summary>
internal enum LdapGroupSearch
{
    /// <summary>Those that the filter finds.</summary>
    Direct,

    /// <summary>And those that it finds for these groups, level by level.</summary>
    Nested,

    /// <summary>The same, asked of Active Directory at once.</summary>
    ActiveDirectory,
}
