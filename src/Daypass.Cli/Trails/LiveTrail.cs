using System.Runtime.CompilerServices;
using Daypass.Trails;

namespace Daypass.Cli.Trails;

/// <summary>The caller's own trail, at the server.</summary>
internal sealed class LiveTrail(TrailApi api, IReadOnlyDictionary<string, TrailPublicKey> keys) : ITrailSource
{
    public IReadOnlyDictionary<string, TrailPublicKey> Keys => keys;

    public async Task<SealedDigest?> NewestAsync(CancellationToken cancellationToken)
    {
        DigestEntry? newest = null;
        await foreach (var entry in EntriesAsync(cancellationToken))
            newest = entry;
        return newest is { } found ? await api.DigestAsync(found.Number, cancellationToken) : null;
    }

    public async IAsyncEnumerable<SealedDigest> DigestsAsync(TimeRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in EntriesAsync(cancellationToken))
        {
            if (range.Meets(entry.Start, entry.End))
                yield return await api.DigestAsync(entry.Number, cancellationToken);
        }
    }

    /// <summary>The list of digests, in their order.</summary>
    public async IAsyncEnumerable<DigestEntry> EntriesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = await api.ListAsync(0, cancellationToken); page.Count > 0; page = await api.ListAsync(page[^1].Number, cancellationToken))
        {
            foreach (var entry in page)
                yield return entry;
        }
    }

    public Task<byte[]?> LogFileAsync(SealedDigest digest, DigestLogFile file, int index, CancellationToken cancellationToken) =>
        api.LogFileAsync(digest.Number, index, cancellationToken);

    // Whatever stands in the store up to the newest digest is in one of its files.
    public IEnumerable<string> Strangers(IReadOnlySet<string> named) => [];
}
