using System.Xml;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Preview;

/// <summary>
/// The preview of a response of a SAML provider. What no signature covers is not read: of a response that is not the provider's there is nothing to show. It
/// stays unspent.
/// </summary>
internal static class AssertionPreview
{
    private static readonly string[] Later = ["assertion", .. AssertionRules.All.Select(rule => rule.Name), "attributes"];

    /// <param name="text">The response in Base64.</param>
    /// <param name="named">The provider that the caller means; null for the one that the response names.</param>
    /// <param name="scene">Of the call.</param>
    public static Preview Of(string text, Arn? named, Scene scene)
    {
        var checks = new CheckList();
        SamlResponse? response = null;
        if (!checks.Make("form", () => $"a Response{((response = SamlResponse.Read(text)).Issuer is { } issuer ? $" of {issuer}" : "")}"))
            return new Preview(null, checks, null);
        SamlProvider? provider = null;
        if (!checks.Make("provider", () => (provider = Find(response!, named, scene.Home)).ArnIn(scene.Home.Account).ToString(), () => Sought(response!, named)))
        {
            checks.Skip("there is no provider whose keys it could be held against", ["signature", .. Later]);
            return new Preview(null, checks, null);
        }
        return new Preview(provider!.ArnIn(scene.Home.Account).ToString(), checks, Identity(checks, response!, provider, scene));
    }

    private static ProvenIdentity? Identity(CheckList checks, SamlResponse response, SamlProvider provider, Scene scene)
    {
        XmlElement? proven = null;
        if (!checks.Make("signature", () => Signed(proven = SamlReader.ProveSignature(response, provider, ProviderKeys.Of(provider, scene.Home, scene.Vault)), response, provider), () => $"the metadata has {provider.Certificates.Count} signing certificate(s)"))
        {
            checks.Skip("what is not proven is not read", Later);
            return null;
        }
        Assertion? assertion = null;
        if (!checks.Make("assertion", () => $"{(assertion = Assertion.Read(proven!)).Id}, for {assertion.Subject}"))
        {
            checks.Skip("the assertion cannot be read", Later[1..]);
            return null;
        }
        var place = new AssertionPlace(response, provider, scene.RealTime, scene.Settings.Brand.SignInUrl(scene.Settings.PublicUrl()));
        foreach (var rule in AssertionRules.All)
        {
            string Tell() => rule.Tell(assertion!, place);
            checks.Make(rule.Name, () => { rule.Check(assertion!, place); return Tell(); }, Tell);
        }
        ProvenIdentity? identity = null;
        checks.Make("attributes", () => $"{(identity = SamlIdentity.Of(assertion!, provider, scene.Home.Account)).Saml!.SignIn.Offers.Count} roles offered, the session name {identity.Saml.SignIn.SessionName}");
        return identity;
    }

    private static string Signed(XmlElement proven, SamlResponse response, SamlProvider provider) =>
        $"{(proven.Find(SamlNames.Signature, "Signature") is null ? "the Response's" : "the Assertion's")}{(response.IsEncrypted ? ", of an encrypted one" : "")}, by a key of {provider.Certificates.Count} in the metadata";

    private static SamlProvider Find(SamlResponse response, Arn? named, AccountDirectory home) =>
        (named is null ? home.Documents.All(DocumentKinds.SamlProvider).FirstOrDefault(provider => provider.EntityId == response.Issuer) : home.FindSamlProvider(named)) ?? throw Errors.NoSamlProvider();

    private static string Sought(SamlResponse response, Arn? named) => named?.ToString() ?? (response.Issuer is { } issuer ? $"the issuer is {issuer}" : "the Response names no issuer: say which provider is meant");
}
