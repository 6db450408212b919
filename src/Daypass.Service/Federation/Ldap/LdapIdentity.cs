using Daypass.Names;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Federation.Ldap;

/// <summary>What only whom a directory vouches for has.</summary>
/// <param name="UserName">The user's name, as the directory has it.</param>
/// <param name="SessionName">The name of the sessions.</param>
/// <param name="Roles">The ARNs of the roles that the user's groups are mapped to, in the order of the mappings.</param>
internal sealed record LdapIdentity(string UserName, string SessionName, IReadOnlyList<string> Roles)
{
    /// <summary>The condition keys are MinIO's.</summary>
    /// <exception cref="ApiException">InvalidIdentityToken: the name cannot be a source identity.</exception>
    public static ProvenIdentity Of(LdapUser user, LdapProvider provider, AccountId account, DateTimeOffset now)
    {
        FederatedKey[] kept = [new("ldap:user", [user.Dn], false), new("ldap:username", [user.Name], false)];
        return new ProvenIdentity
        {
            Provider = provider.ArnIn(account).ToString(),
            Subject = user.Dn,
            Audience = "",
            IssuedAt = now,
            Keys = [.. kept, new("ldap:groups", user.Groups, true)],
            // Not the groups: there may be hundreds, and a session's token has an end.
            KeptKeys = kept,
            SourceIdentity = provider.SetsSourceIdentity ? SourceIdentityOf(user.Name) : null,
            Ldap = new LdapIdentity(user.Name, SessionNames.Of(user.Name), RolesOf(user, provider)),
        };
    }

    private static IReadOnlyList<string> RolesOf(LdapUser user, LdapProvider provider)
    {
        var groups = user.Groups.Select(DistinguishedName.TryNormalize).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. provider.Mappings.Where(mapping => DistinguishedName.TryNormalize(mapping.GroupDn) is { } group && groups.Contains(group)).Select(mapping => mapping.RoleArn).Distinct(StringComparer.Ordinal)];
    }

    private static string SourceIdentityOf(string name)
    {
        var rule = TextRules.SourceIdentity;
        return name.Length >= rule.Minimum && name.Length <= rule.Maximum && rule.HasOnlyAllowed(name)
            ? name
            : throw Errors.InvalidIdentityToken($"The user's name cannot be a source identity, which must match {rule.Pattern} and have {rule.Minimum} to {rule.Maximum} characters");
    }
}

/// <summary>A user whose password the directory has accepted.</summary>
/// <param name="Dn">The entry's distinguished name.</param>
/// <param name="Name">The name as the directory has it: what the caller wrote may differ in letter case and more.</param>
/// <param name="Groups">The distinguished names of the groups, sorted.</param>
internal sealed record LdapUser(string Dn, string Name, IReadOnlyList<string> Groups);
