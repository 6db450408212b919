using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Daypass.Jose;

namespace Daypass.Service.Federation.Oidc;

/// <summary>
/// The public keys of registered issuers, held in memory. One entry for each issuer and who vouches for its server: an account that trusts an authority of
/// its own must not bring keys into the memory of one that does not. Called by: the authenticator of web identities.
/// </summary>
internal sealed class IssuerKeys(IDocumentFetcher fetcher, TimeProvider time, IssuerKeyOptions? options = null, Action<string, FetchException>? reportFailure = null)
{
    /// <summary>How many issuers are held; the least recently used go first.</summary>
    private const int MaxEntries = 4096;

    private readonly IssuerKeyOptions _options = options ?? new IssuerKeyOptions();
    private readonly ConcurrentDictionary<Place, IssuerEntry> _entries = new();
    private readonly ConditionalWeakTable<OidcProvider, JsonWebKeySet> _pinned = [];

    private sealed record Place(string Issuer, ServerTrust Trust);

    /// <summary>The keys to check a token with, if nobody need be asked for them; else null.</summary>
    public JsonWebKeySet? TryGet(OidcProvider provider, JsonWebToken token) => provider.PinnedKeys is not null ? Pinned(provider) : EntryOf(provider).TryGet(token);

    /// <summary>The keys to check a token with, asking the issuer where that may help. They may still lack the token's.</summary>
    /// <exception cref="Pipeline.ApiException">The issuer's keys cannot be had.</exception>
    public Task<JsonWebKeySet> GetAsync(OidcProvider provider, JsonWebToken token) => EntryOf(provider).GetAsync(token);

    private IssuerEntry EntryOf(OidcProvider provider)
    {
        var place = new Place(provider.Issuer, ServerTrust.Of(provider.Thumbprints, provider.CertificateAuthorities));
        if (_entries.TryGetValue(place, out var entry))
            return entry;
        if (_entries.Count >= MaxEntries)
            DropOldest();
        return _entries.GetOrAdd(place, _ => new IssuerEntry(cancellationToken => Discovery.FetchAsync(provider.Issuer, place.Trust, fetcher, cancellationToken), failure => reportFailure?.Invoke(provider.Issuer, failure), time, _options));
    }

    private void DropOldest()
    {
        foreach (var (place, _) in _entries.OrderBy(entry => entry.Value.LastUsed).Take(MaxEntries / 8).ToList())
            _entries.TryRemove(place, out _);
    }

    // Checked when they were stored; what cannot be read any more verifies nothing.
    private JsonWebKeySet Pinned(OidcProvider provider) => _pinned.GetValue(provider, static known => JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(known.PinnedKeys!), out _) ?? JsonWebKeySet.Empty);
}
