using Daypass.Jose;

namespace Daypass.Service.Federation.Oidc;

/// <summary>
/// From an issuer to its keys: the discovery document (OpenID Connect Discovery, section 4), which must say that it is this issuer's, and the key set that
/// it names.
/// </summary>
internal static class Discovery
{
    private const string Path = "/.well-known/openid-configuration";

    /// <exception cref="FetchException">The keys could not be had.</exception>
    public static async Task<JsonWebKeySet> FetchAsync(string issuer, ServerTrust trust, IDocumentFetcher fetcher, CancellationToken cancellationToken)
    {
        var document = await fetcher.GetAsync(new Uri(issuer.TrimEnd('/') + Path), trust, cancellationToken);
        var keys = await fetcher.GetAsync(KeysOf(document, issuer), trust, cancellationToken);
        return JsonWebKeySet.TryParse(keys, out var fault) ?? throw Unusable(fault!.Message);
    }

    private static Uri KeysOf(byte[] document, string issuer)
    {
        if (IssuerDocument.TryParse(document) is not { } found)
            throw Unusable("its discovery document is not one JSON object with no name twice, with the texts issuer and jwks_uri");
        // Section 4.3: else whoever answers at one issuer's address could name another's keys.
        if (found.Issuer != issuer)
            throw Unusable("its discovery document names another issuer");
        return Uri.TryCreate(found.JwksUri, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
            ? uri
            : throw Unusable("its jwks_uri is no https URL");
    }

    private static FetchException Unusable(string detail) => new(FetchFault.Unusable, detail);
}
