namespace Daypass.Service.Federation;

/// <summary>
/// Gets small public documents of identity providers. The server's does so over https, without redirects, only from addresses that may be called, within
/// bounds of size and time; the boundary where federation meets the network.
/// </summary>
internal interface IDocumentFetcher
{
    /// <summary>The document's bytes.</summary>
    /// <exception cref="FetchException">It could not be had.</exception>
    Task<byte[]> GetAsync(Uri address, ServerTrust trust, CancellationToken cancellationToken);
}

/// <summary>Who vouches for a provider's server: the system's authorities, or the provider's own settings. Equal ones are one.</summary>
/// <param name="Thumbprints">SHA-1 of certificates in hexadecimal capitals, ordered, separated by commas; empty for none.</param>
/// <param name="Authorities">Certificates in PEM that alone vouch; null for the system's.</param>
internal sealed record ServerTrust(string Thumbprints, string? Authorities)
{
    public static ServerTrust Of(IEnumerable<string> thumbprints, string? authorities) =>
        new(string.Join(',', thumbprints.Select(thumbprint => thumbprint.ToUpperInvariant()).Order(StringComparer.Ordinal)), authorities);
}
