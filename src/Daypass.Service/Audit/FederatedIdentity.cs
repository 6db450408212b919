using System.Globalization;
using Daypass.Service.Federation.X509;

namespace Daypass.Service.Audit;

/// <summary>
/// Somebody without credentials of this installation, whom an identity provider outside vouches for, as the trail names him: <c>userIdentity</c>
/// of the call that exchanges an assertion or a token for credentials. Held by <see cref="Pipeline.Caller.Federated"/>.
/// </summary>
internal sealed record FederatedIdentity
{
    private FederatedIdentity()
    {
    }

    /// <summary><c>SAMLUser</c>, <c>WebIdentityUser</c>, <c>Unknown</c> for the holder of a certificate, as AWS has it, or <c>LDAPUser</c>, which AWS has not.</summary>
    public required string Type { get; init; }

    public required string PrincipalId { get; init; }

    /// <summary>The subject, which LookupEvents searches by.</summary>
    public required string UserName { get; init; }

    public required string IdentityProvider { get; init; }

    /// <summary>The id of the SAML assertion, never the assertion; null for web identities.</summary>
    public string? AssertionId { get; init; }

    /// <summary>The session name, where it comes from the identity provider and not from the call.</summary>
    public string? SessionName { get; init; }

    /// <summary>The session tags that the assertion or token brought. The trail shows them beside what the call itself passed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> PrincipalTags { get; init; } = [];

    /// <summary>Those keys of <see cref="PrincipalTags"/> that the next role inherits.</summary>
    public IReadOnlyList<string> TransitiveTagKeys { get; init; } = [];

    /// <summary>What tells a certificate from all others; empty for everybody else.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Certificate { get; init; } = [];

    /// <summary>How the provider's endpoint was told from others: <c>IAMTrustStore</c> or <c>Thumbprint</c>; null where none was asked.</summary>
    public string? VerificationMethod { get; init; }

    /// <summary>The caller of AssumeRoleWithWebIdentity.</summary>
    /// <param name="provider">The provider's ARN, or its host for those that need none.</param>
    /// <param name="audience">The <c>aud</c> or <c>azp</c> of the token.</param>
    /// <param name="subject">The <c>sub</c> of the token.</param>
    public static FederatedIdentity OfWebIdentity(string provider, string audience, string subject) =>
        new() { Type = "WebIdentityUser", PrincipalId = $"{provider}:{audience}:{subject}", UserName = subject, IdentityProvider = provider };

    /// <summary>The caller of AssumeRoleWithSAML.</summary>
    /// <param name="nameQualifier">The hash of issuer, account and provider that qualifies the subject.</param>
    /// <param name="subject">The NameID of the assertion.</param>
    public static FederatedIdentity OfSaml(string nameQualifier, string subject) =>
        new() { Type = "SAMLUser", PrincipalId = $"{nameQualifier}:{subject}", UserName = subject, IdentityProvider = nameQualifier };

    /// <summary>The caller of CreateSession.</summary>
    /// <param name="trustAnchor">The ARN of the anchor that the certificate's path leads to.</param>
    public static FederatedIdentity OfCertificate(string trustAnchor, CertificateIdentity certificate) => new()
    {
        Type = "Unknown",
        PrincipalId = $"{certificate.TrustAnchor}:{certificate.SerialNumber}",
        UserName = certificate.Subject,
        IdentityProvider = trustAnchor,
        Certificate =
        [
            new("subject", certificate.Subject), new("issuer", certificate.Issuer), new("serialNumber", certificate.SerialNumber), new("sha256Fingerprint", certificate.Fingerprint),
            new("notAfter", certificate.NotAfter.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ],
    };

    /// <summary>The caller of AssumeRoleWithLDAPIdentity.</summary>
    /// <param name="provider">The provider's ARN.</param>
    /// <param name="dn">The distinguished name of the user's entry.</param>
    /// <param name="userName">The user's name, as the directory has it.</param>
    public static FederatedIdentity OfLdap(string provider, string dn, string userName) =>
        new() { Type = "LDAPUser", PrincipalId = $"{provider}:{dn}", UserName = userName, IdentityProvider = provider };
}

/// <summary>
/// What the trail tells of each later call of a session that a web identity was given: <c>sessionContext.webIdFederationData</c>. Held by
/// <see cref="Pipeline.Caller.WebIdentity"/>.
/// </summary>
/// <param name="FederatedProvider">The provider's ARN, or its host.</param>
/// <param name="Attributes">Such as <c>sub</c> and <c>aud</c>, by name.</param>
internal sealed record WebIdFederationData(string FederatedProvider, IReadOnlyList<KeyValuePair<string, string>> Attributes);
