using Daypass.Jose;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Preview;

/// <summary>The preview of a token of an OpenID Connect provider.</summary>
internal static class TokenPreview
{
    /// <summary>The keys that are wanted for it; null where a live call would ask for none, whatever the token's times are.</summary>
    public static IssuerQuestion? AskFor(string text, Scene scene)
    {
        try
        {
            var token = TokenRules.Read(text);
            return new IssuerQuestion(TokenRules.FindProvider(scene.Home, IssuerOf(token, scene)), token);
        }
        catch (ApiException)
        {
            // The preview itself tells why.
            return null;
        }
    }

    /// <param name="text">The token.</param>
    /// <param name="scene">With the issuer's answer, where <see cref="AskFor"/> asked for one.</param>
    public static Preview Of(string text, Scene scene)
    {
        var checks = new CheckList();
        JsonWebToken? token = null;
        if (!checks.Make("form", () => Form(token = TokenRules.Read(text)), () => FaultOf(text)))
            return new Preview(null, checks, null);
        checks.Note("times", TokenRules.CheckTimes(token!, scene.RealTime), TimesOf(token!.Claims, scene.RealTime));
        string? issuer = null;
        OidcProvider? provider = null;
        if (!checks.Make("issuer", () => issuer = IssuerOf(token, scene)) || !checks.Make("provider", () => (provider = TokenRules.FindProvider(scene.Home, issuer!)).ArnIn(scene.Home.Account).ToString()))
        {
            checks.Skip("there is no provider whose keys and client ids it could be held against", "key", "signature", "subject", "audience", "claims");
            return new Preview(null, checks, null);
        }
        var examined = JwtVerifier.Examine(token, scene.IssuerAnswer!.Keys, TokenRules.For(provider!, scene.RealTime));
        Proof(checks, token, provider!, examined, scene.IssuerAnswer);
        checks.Note("subject", examined.SubjectFault, token.Claims.Text("sub") ?? "");
        checks.Note("audience", examined.AudienceFault, Audience(token.Claims, provider!, examined.Audience));
        return new Preview(provider!.ArnIn(scene.Home.Account).ToString(), checks, Suppose(checks, token.Claims, provider, examined, scene));
    }

    private static void Proof(CheckList checks, JsonWebToken token, OidcProvider provider, JwtExamination examined, IssuerAnswer answer)
    {
        var named = token.KeyId is null ? $"{token.Algorithm.Name}, and no kid" : $"{token.Algorithm.Name}, kid {token.KeyId}";
        var source = provider.PinnedKeys is null ? $"the keys of {provider.Issuer}" : "the pinned keys";
        if (answer.Failure is { } failure)
            checks.Fail("key", failure, () => named);
        else
            checks.Note("key", examined.KeyFault, $"{named}; {source}");
        if (examined.Key is null)
            checks.Skip("there is no key to check it with", "signature");
        else
            checks.Note("signature", examined.SignatureFault, "");
    }

    private static ProvenIdentity? Suppose(CheckList checks, JwtClaims claims, OidcProvider provider, JwtExamination examined, Scene scene)
    {
        // Those of a token that names nobody, or nobody whom it is for, would be keys that no live call ever has.
        if (examined.SubjectFault is not null || (examined.Audience ?? Claimed(claims)) is not { } audience)
        {
            checks.Skip("there is no subject, or no audience", "claims");
            return null;
        }
        ProvenIdentity? identity = null;
        checks.Make("claims", () => $"{(identity = TokenIdentity.Suppose(claims, claims.Text("sub")!, audience, provider, scene.Home.Account)).Keys.Count} condition keys, {identity.Tags.Count} session tags");
        return identity;
    }

    private static string IssuerOf(JsonWebToken token, Scene scene) => TokenRules.IssuerOf(token, scene.Settings.PublicUrl(), scene.Vault);

    private static string Form(JsonWebToken token) => $"a signed JWT, {token.Claims.Names.Count()} claims";

    private static string FaultOf(string text) => JsonWebToken.TryParse(text, out var fault) is null ? fault!.Message : "";

    private static string? Claimed(JwtClaims claims) => claims.Text("azp") ?? claims.Texts("aud")?.FirstOrDefault();

    private static string Audience(JwtClaims claims, OidcProvider provider, string? accepted)
    {
        var named = (claims.Text("azp") is { } party ? $"azp {party}, with aud " : "aud ") + string.Join(", ", claims.Texts("aud") ?? ["(none)"]);
        return accepted is not null ? named : $"{named}; the provider's client ids are {(provider.ClientIds.Count == 0 ? "(none)" : string.Join(", ", provider.ClientIds))}";
    }

    private static string TimesOf(JwtClaims claims, DateTimeOffset now) => string.Join("; ", new[] { ("iat", "issued"), ("nbf", "not before"), ("exp", "expires") }
        .Select(time => claims.Seconds(time.Item1) is { } seconds and >= 0 and <= 253_402_300_799 ? $"{time.Item2} {Ages.Of(DateTimeOffset.FromUnixTimeSeconds(seconds), now)}" : null).OfType<string>());
}
