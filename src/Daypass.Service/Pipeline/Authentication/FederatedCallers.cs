using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Callers whom an identity provider vouches for. Made by the authenticators once that is proven; and by the preview, of whom a token or an
/// assertion would prove, to ask what such a caller could do and for nothing else.
/// </summary>
internal static class FederatedCallers
{
    public static Caller OfWebIdentity(AccountDirectory home, ProvenIdentity identity) =>
        Of(home, identity, PrincipalKind.WebIdentity, $"{identity.Provider}:{identity.Audience}:{identity.Subject}", FederatedIdentity.OfWebIdentity(identity.Provider, identity.Audience, identity.Subject));

    public static Caller OfSaml(AccountDirectory home, ProvenIdentity identity) =>
        Of(home, identity, PrincipalKind.Saml, $"{identity.Saml!.NameQualifier}:{identity.Subject}", FederatedIdentity.OfSaml(identity.Saml.NameQualifier, identity.Subject) with { AssertionId = identity.Saml.AssertionId, SessionName = identity.Saml.SignIn.SessionName });

    public static Caller OfLdap(AccountDirectory home, ProvenIdentity identity) =>
        Of(home, identity, PrincipalKind.Ldap, $"{identity.Provider}:{identity.Subject}", FederatedIdentity.OfLdap(identity.Provider, identity.Subject, identity.Ldap!.UserName));

    private static Caller Of(AccountDirectory home, ProvenIdentity identity, PrincipalKind kind, string userId, FederatedIdentity shown) => new()
    {
        Principal = Principal.Federated(kind, identity.Provider),
        Account = home.Account,
        Home = home,
        UserId = userId,
        AccessKeyId = "",
        CredentialIssuedAt = identity.IssuedAt,
        Federation = identity,
        Federated = shown with
        {
            PrincipalTags = [.. identity.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))],
            TransitiveTagKeys = identity.TransitiveTagKeys,
        },
        Policies = PrincipalPolicies.Empty,
    };
}
