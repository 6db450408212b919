using Daypass.Jose;

namespace Daypass.Cli.Login.Oidc;

/// <summary>
/// An ID token as the provider's token endpoint gave it over TLS. That it is genuine is for the server to prove; here only that it is the answer to this
/// sign-in and not to another (OpenID Connect Core 1.0, section 3.1.3.7).
/// </summary>
internal sealed record IdToken(string Text, JwtClaims Claims)
{
    private const int MostName = 64;

    public string Subject => Claims.Text("sub")!;

    /// <param name="nonce">What we sent with the question; null where there was none.</param>
    /// <param name="subject">Who it must be; null for whoever signed in.</param>
    /// <exception cref="CommandException">It is another's.</exception>
    public static IdToken Read(string? text, ProviderDocument provider, string clientId, string? nonce, string? subject)
    {
        if (text is null || JsonWebToken.TryParse(text, out _) is not { } token)
            throw new CommandException("The provider gave no ID token. Is 'openid' among the scopes?");
        var claims = token.Claims;
        var because = claims.Text("iss") != provider.Issuer ? "of another issuer"
            : claims.Texts("aud")?.Contains(clientId, StringComparer.Ordinal) != true || (claims.Text("azp") is { } party && party != clientId) ? "for another client"
            : nonce is not null && claims.Text("nonce") != nonce ? "the answer to another sign-in (its nonce is not ours)"
            : claims.Text("sub") is not { Length: > 0 } whom ? "of nobody"
            : subject is not null && whom != subject ? "of another person"
            : null;
        return because is null ? new IdToken(text, claims) : throw new CommandException($"The ID token that came is {because}: nothing was done with it.");
    }

    /// <summary>A name for the session, for the trail: the mail address, or what else the provider has.</summary>
    public string SessionName
    {
        get
        {
            var name = Claims.Text("email") ?? Claims.Text("preferred_username") ?? Subject;
            var fit = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '=' or ',' or '.' or '@' or '-' ? character : '-'));
            return fit.Length < 2 ? fit + "--" : fit.Length > MostName ? fit[..MostName] : fit;
        }
    }

    // Printed by accident, it is whom it is about.
    public override string ToString() => Subject;
}
