using Daypass.Cli.Credentials;

namespace Daypass.Cli.Login.Oidc;

/// <summary>
/// Gets an ID token for a person: by a browser with the authorization code flow (RFC 6749, PKCE of RFC 7636, as RFC 8252 has it for native programs), by
/// a code that is typed on another machine (RFC 8628), or, when they have been here before, by a refresh token.
/// </summary>
internal sealed class OidcSignIn(Host host, LoginTerms terms) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ProviderHttp _http = new();

    public void Dispose() => _http.Dispose();

    /// <exception cref="CommandException">The provider refuses, nobody came, or what came is not the answer.</exception>
    public async Task<(IdToken Token, string? RefreshToken)> WithBrowserAsync(Browser browser, CancellationToken cancellationToken)
    {
        var provider = await ProviderDocument.FetchAsync(_http, terms.Issuer!, cancellationToken);
        var (state, nonce, verifier) = (Callback.Random(), Callback.Random(), Callback.Random());
        await using var listener = CallbackListener.Start(terms.RedirectUri, callback => callback.Has("state", state));
        var redirect = listener.Address.AbsoluteUri;
        await browser.ShowAsync(Question(provider, redirect, state, nonce, verifier));
        var callback = await listener.WaitAsync(Patience, host.Clock, cancellationToken);
        var code = CodeOf(callback, provider);
        var tokens = await EndpointOf(provider).TradeAsync([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", verifier)], cancellationToken);
        return (IdToken.Read(tokens.IdToken, provider, terms.ClientId!, nonce, subject: null), tokens.RefreshToken);
    }

    /// <inheritdoc cref="WithBrowserAsync"/>
    public async Task<(IdToken Token, string? RefreshToken)> WithDeviceAsync(CancellationToken cancellationToken)
    {
        var provider = await ProviderDocument.FetchAsync(_http, terms.Issuer!, cancellationToken);
        var device = await DeviceCode.AskAsync(_http, provider, terms, cancellationToken);
        await host.Error.WriteLineAsync($"Go to {device.Page} with a browser on any machine, and type the code {device.UserCode}");
        var tokens = await device.WaitAsync(EndpointOf(provider), host.Clock, cancellationToken);
        return (IdToken.Read(tokens.IdToken, provider, terms.ClientId!, nonce: null, subject: null), tokens.RefreshToken);
    }

    /// <summary>Nobody has to be there. A refresh token may be good once: the one that comes back is the next.</summary>
    /// <param name="refreshToken">What the last sign-in or renewal gave.</param>
    /// <param name="subject">Who signed in.</param>
    /// <param name="next">Told the next refresh token at once, whatever becomes of the rest.</param>
    /// <exception cref="CommandException">The provider refuses, or gives another's.</exception>
    public async Task<IdToken> RenewAsync(string refreshToken, string? subject, Action<string> next, CancellationToken cancellationToken)
    {
        var provider = await ProviderDocument.FetchAsync(_http, terms.Issuer!, cancellationToken);
        var tokens = await EndpointOf(provider).TradeAsync([("grant_type", "refresh_token"), ("refresh_token", refreshToken)], cancellationToken);
        if (tokens.RefreshToken is { } another)
            next(another);
        return IdToken.Read(tokens.IdToken, provider, terms.ClientId!, nonce: null, subject);
    }

    private Uri Question(ProviderDocument provider, string redirect, string state, string nonce, string verifier)
    {
        var scope = terms.Scope ?? provider.DefaultScope;
        List<(string Name, string Value)> parameters =
        [
            ("response_type", "code"), ("client_id", terms.ClientId!), ("redirect_uri", redirect), ("scope", scope), ("state", state), ("nonce", nonce),
            ("code_challenge", Callback.ChallengeOf(verifier)), ("code_challenge_method", "S256"),
        ];
        // OpenID Connect Core 1.0, section 11: without it a provider need not give a refresh token.
        if (scope.Split(' ').Contains("offline_access"))
            parameters.Add(("prompt", "consent"));
        return WithQuery(provider.Authorization, parameters);
    }

    public static Uri WithQuery(Uri address, IEnumerable<(string Name, string Value)> parameters)
    {
        var query = string.Join('&', parameters.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
        return new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{query}" : query }.Uri;
    }

    // RFC 9207: an answer that some other provider of the same client sent must not have its code given to this one.
    private static string CodeOf(Callback callback, ProviderDocument provider)
    {
        if (callback["iss"] is { } issuer ? issuer != provider.Issuer : provider.NamesItself)
            throw new CommandException("The answer that the browser brought is not of this provider: nothing was done with it.");
        if (ProviderRefusal.Of(callback) is { } refusal)
            throw refusal.ToException();
        return callback["code"] is { Length: > 0 } code ? code : throw new CommandException("The browser came back without a code.");
    }

    private TokenEndpoint EndpointOf(ProviderDocument provider) => new(_http, provider, terms, Secret());

    private string? Secret()
    {
        if (terms.ClientSecretFile is null)
            return null;
        var path = host.FullPath(terms.ClientSecretFile);
        return PrivateFile.TryRead(path)?.Trim() ?? throw new CommandException($"The client's secret '{path}' cannot be read, or others can: it must be yours alone (chmod 600).");
    }
}
