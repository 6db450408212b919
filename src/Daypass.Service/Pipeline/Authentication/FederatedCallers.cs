using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.X509;

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

    /// <summary>The service acts for the certificate's holder, so it is what trust policies name.</summary>
    public static Caller OfCertificate(AccountDirectory home, ProvenIdentity identity) =>
        Of(home, identity, Principal.Service(CertificateIdentity.Service), $"{identity.Certificate!.TrustAnchor}:{identity.Certificate.SerialNumber}", FederatedIdentity.OfCertificate(identity.Provider, identity.Certificate));

    private static Caller Of(AccountDirectory home, ProvenIdentity identity, PrincipalKind kind, string userId, FederatedIdentity shown) =>
        Of(home, identity, Principal.Federated(kind, identity.Provider), userId, shown);

    private static Caller Of(AccountDirectory home, ProvenIdentity identity, Principal principal, string userId, FederatedIdentity shown) => new()
    {
        Principal = principal,
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
