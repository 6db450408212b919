using Daypass.Names;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation.Ldap;

/// <summary>What must be true of a directory before it is registered. Nothing is asked of the directory itself here.</summary>
internal static class LdapProviderRules
{
    /// <exception cref="ApiException">InvalidInput: what is wrong, and what to write instead.</exception>
    public static void Check(PutLDAPProvider.Request request, Scene scene)
    {
        var url = LdapServerUrl.TryParse(request.Url, out var because) ?? throw Errors.InvalidInput($"The Url is not one of an LDAP server: {because}.");
        if (!url.MayBeCalled(scene.Settings.FederationNetworks))
            throw Errors.InvalidInput("The Url is an address of this machine or of a private network, which the server may not call unless its setting --federation-networks allows it.");
        if (url.IsTls != (request.Encryption == LdapEncryption.Ldaps))
            throw Errors.InvalidInput("Encryption is Ldaps with ldaps:// and with nothing else. With ldap:// it is StartTLS, or UnsafePlaintext, which lets everybody on the way read the passwords.");
        if (request.Encryption == LdapEncryption.UnsafePlaintext && request.Authorities is not null)
            throw Errors.InvalidInput("CertificateAuthorities vouch for nobody where nothing is encrypted. Leave them out, or choose another Encryption.");
        RootAuthorities.Check(request.Authorities);
        foreach (var (name, dn) in new[] { ("BindDn", request.BindDn), ("UserBase", request.UserBase), ("GroupBase", request.GroupBase) })
            CheckDn(name, dn);
        CheckFilters(request);
        foreach (var mapping in request.Mappings)
            CheckMapping(mapping, scene.Home.Account);
    }

    /// <exception cref="ApiException">InvalidInput: there is none, or it would go elsewhere.</exception>
    public static byte[] KeptPassword(PutLDAPProvider.Request request, LdapProvider? old) =>
        old is null ? throw Errors.InvalidInput("BindPassword is missing: a new provider needs it.")
        : (old.Url, old.Encryption, old.CertificateAuthorities, old.BindDn) == (request.Url, request.Encryption, request.Authorities, request.BindDn) ? old.SealedBindPassword
        : throw Errors.InvalidInput("BindPassword is missing: it is needed when Url, Encryption, CertificateAuthorities or BindDn change.");

    private static void CheckFilters(PutLDAPProvider.Request request)
    {
        var user = LdapFilterReader.TryRead(request.UserFilter) ?? throw NotAFilter("UserFilter");
        if (user.NameAttribute is null || user.Values.Any(value => value.Has('d')))
            throw Errors.InvalidInput("UserFilter must compare an attribute with %s, the user's name, as (uid=%s) does, and cannot have %d, the user's distinguished name, which it is there to find.");
        var group = LdapFilterReader.TryRead(request.GroupFilter) ?? throw NotAFilter("GroupFilter");
        if (!group.Values.Any(value => value.Has('d') || value.Has('s')))
            throw Errors.InvalidInput("GroupFilter must have %d, the user's distinguished name, or %s, the user's name, as (member=%d) does; else everybody would be in all groups.");
        // What has the user's name in it says nothing of groups in groups.
        if (request.GroupSearch != LdapGroupSearch.Direct && (!group.IsOfDn || group.Values.Any(value => value.Has('s'))))
            throw Errors.InvalidInput("With a GroupSearch other than Direct, GroupFilter must compare an attribute with %d, the distinguished name, as (member=%d) does, and cannot have %s, the user's name: groups of groups have another one.");
    }

    private static ApiException NotAFilter(string name) => Errors.InvalidInput($"{name} is not an LDAP filter (RFC 4515), such as (uid=%s) or (&(objectClass=groupOfNames)(member=%d)).");

    private static void CheckDn(string name, string dn)
    {
        if (DistinguishedName.TryNormalize(dn) is null)
            throw Errors.InvalidInput($"{name} is not a distinguished name (RFC 4514), such as ou=people,dc=example,dc=com.");
    }

    private static void CheckMapping(RoleMapping mapping, AccountId account)
    {
        CheckDn("GroupDn", mapping.GroupDn);
        if (!Arn.TryParse(mapping.RoleArn, out var arn) || arn is not { Partition: "aws", Service: "iam", Region: "" } || arn.AccountId != account || !arn.Resource.StartsWith("role/", StringComparison.Ordinal))
            throw Errors.InvalidInput($"{Errors.Shorten(mapping.RoleArn)} is not the ARN of a role of this account.");
    }
}
