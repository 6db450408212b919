using Daypass.Jose;
using Daypass.Service.Directories;
using Daypass.Service.Outbound;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Oidc;

/// <summary>The rules for tokens that go before their proof, one by one: the authenticator ends at the first that is broken, the preview shows them all.</summary>
internal static class TokenRules
{
    private const string Scheme = "https://";
    private static readonly JwtRules Limits = new() { Issuer = "", Audiences = [], Now = default };

    /// <exception cref="ApiException">InvalidIdentityToken: it is no token that is taken.</exception>
    public static JsonWebToken Read(string text) => JsonWebToken.TryParse(text, out var fault) ?? throw TokenErrors.Of(fault!);

    /// <param name="token">The token.</param>
    /// <param name="now">Real time: tokens are dated by others, and policy time may be ahead of it.</param>
    public static JwtFault? CheckTimes(JsonWebToken token, DateTimeOffset now) => JwtTimes.Check(token.Claims, now, Limits.Skew, Limits.MaxAge);

    /// <summary>
    /// The issuer that a token names, which is not this installation. Sessions of its own making would come back as somebody else, and begin anew where chains
    /// end. By the key, too: nodes may go by several addresses, or by another one than when the token was made.
    /// </summary>
    /// <exception cref="ApiException">InvalidIdentityToken.</exception>
    public static string IssuerOf(JsonWebToken token, string? publicUrl, Vault vault)
    {
        var issuer = token.Claims.Text("iss") ?? throw Errors.InvalidIdentityToken("Missing a required claim: iss");
        return OutboundIssuer.IsOwn(publicUrl, issuer) || (token.KeyId is { } key && vault.VouchesWith(key)) ? throw Errors.NoOidcProvider(issuer) : issuer;
    }

    /// <summary>The provider that is registered for an issuer, letter for letter. The issuer itself is never called: it only looks one up.</summary>
    /// <exception cref="ApiException">InvalidIdentityToken: there is none.</exception>
    public static OidcProvider FindProvider(AccountDirectory? home, string issuer) =>
        issuer.StartsWith(Scheme, StringComparison.Ordinal) && home?.FindOidcProvider(issuer[Scheme.Length..]) is { } provider ? provider : throw Errors.NoOidcProvider(issuer);

    /// <summary>What a token of a provider must say.</summary>
    public static JwtRules For(OidcProvider provider, DateTimeOffset now) => new() { Issuer = provider.Issuer, Audiences = provider.ClientIds, Now = now };
}
