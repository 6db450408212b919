using System.Xml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// The one way from what a SAML provider sent to what may be believed of it; whoever takes responses goes it: <c>AssumeRoleWithSAML</c>, the page of roles.
/// <code>
/// var response = SamlResponse.Read(text);                       // the shape only: nothing in it is true yet
/// var keys = ProviderKeys.Of(provider, home, vault);            // the provider that the call, or the page's address, names
/// var assertion = SamlReader.Prove(response, provider, keys, time.GetUtcNow(), publicUrl);
/// var signIn = SignInAttributes.Read(assertion.Attributes);     // roles that it offers, session name, tags
/// </code>
/// Encrypted assertions need nothing more. All of it throws <see cref="XmlRefusedException"/>, whose message is for the sender, or an <see cref="ApiException"/>.
/// </summary>
internal static class SamlReader
{
    /// <summary>
    /// What the provider says, proven to be its word, for this installation, and fresh. Nothing says yet that it was not used before: that is for the action's
    /// commit.
    /// </summary>
    /// <param name="response">The response.</param>
    /// <param name="provider">The registered provider whose word it has to be.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="now">Real time, which providers date in.</param>
    /// <param name="publicUrl">The installation's own address; null when it has none.</param>
    /// <exception cref="XmlRefusedException">It is not proven, or for somebody else, or of another time.</exception>
    /// <exception cref="ApiException">ExpiredTokenException.</exception>
    public static Assertion Prove(SamlResponse response, SamlProvider provider, ProviderKeys keys, DateTimeOffset now, string? publicUrl)
    {
        var assertion = Assertion.Read(ProveSignature(response, provider, keys));
        AssertionRules.Check(assertion, new AssertionPlace(response, provider, now, publicUrl));
        return assertion;
    }

    /// <summary>The first step of it: the assertion's element, proven to be the provider's word and not looked at yet.</summary>
    /// <exception cref="XmlRefusedException">It is not the provider's.</exception>
    public static XmlElement ProveSignature(SamlResponse response, SamlProvider provider, ProviderKeys keys) => provider.RequiresEncryption && !response.IsEncrypted
        ? throw new XmlRefusedException("its assertion is not encrypted, and the provider is registered to encrypt all of them")
        : response.Prove(keys);

    /// <summary>A refusal in AWS's words.</summary>
    public static ApiException ErrorOf(XmlRefusedException refused) =>
        Errors.InvalidIdentityToken(char.IsLower(refused.Message[0]) ? $"Your request included an invalid SAML response: {refused.Message}." : refused.Message, refused.Detail);
}
