using Daypass.Names;

namespace Daypass.Service.Federation.Saml;

/// <summary>What of a SAML assertion its action shows and obeys, beyond what every provider's word comes to.</summary>
/// <param name="AssertionId">The assertion's own ID.</param>
/// <param name="Issuer">The provider's <c>entityID</c>.</param>
/// <param name="SubjectType">The format of the subject's name.</param>
/// <param name="NameQualifier">What makes the subject's name one of its own.</param>
/// <param name="SignIn">The attributes that STS acts on.</param>
internal sealed record SamlIdentity(string AssertionId, string Issuer, string SubjectType, string NameQualifier, SignInAttributes SignIn)
{
    /// <summary>The request that the subject's confirmation answers; null where the provider began by itself.</summary>
    public string? InResponseTo { get; init; }

    /// <summary>Whether it is for one use even where the operator lets assertions be repeated.</summary>
    public bool IsForOneUse { get; init; }

    /// <exception cref="XmlRefusedException">Attributes break AWS's rules.</exception>
    public static ProvenIdentity Of(Assertion assertion, SamlProvider provider, AccountId account)
    {
        var signIn = SignInAttributes.Read(assertion.Attributes);
        return new ProvenIdentity
        {
            Provider = provider.ArnIn(account).ToString(),
            Subject = assertion.Subject,
            // AWS's word for the place that it was delivered to.
            Audience = assertion.Recipient,
            IssuedAt = assertion.IssuedAt,
            SessionsEndAt = assertion.SessionEndsAt,
            Keys = SamlKeys.All(assertion, provider, account),
            KeptKeys = SamlKeys.Kept(assertion, provider, account),
            Tags = signIn.Tags,
            TransitiveTagKeys = signIn.TransitiveTagKeys,
            SourceIdentity = signIn.SourceIdentity,
            Saml = new SamlIdentity(assertion.Id, assertion.Issuer, SamlKeys.SubjectType(assertion), provider.QualifierIn(account), signIn) { InResponseTo = assertion.InResponseTo, IsForOneUse = assertion.IsForOneUse },
        };
    }
}
