using System.IO.Compression;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Trails;

namespace Daypass.Service.Audit.Digests;

/// <summary>What was sealed, and sealing on demand. One at a time seals on a node, however many ask. Called by: the pipeline.</summary>
internal sealed class TrailArchive(IDigestStore store, TrailSealer sealer, Func<CancellationToken, Task<IReadOnlyList<NodeReport>>> settle, TrailFacts facts) : ITrailArchive
{
    private const int ReadAtOnce = 4;
    private const long PageBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public TrailFacts Facts => facts;

    private readonly LogFileReader _files = new(store);
    private readonly SemaphoreSlim _sealing = new(1);

    public ValueTask<ArchiveView> ReadAsync(ArchiveRequest request, CancellationToken cancellationToken) => request switch
    {
        ArchiveRequest.Seal seal => SealAsync(seal, cancellationToken),
        ArchiveRequest.Newest newest => NewestAsync(newest, cancellationToken),
        ArchiveRequest.Digests list => ListAsync(list, cancellationToken),
        ArchiveRequest.LogFile file => ReadFileAsync(file, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, "Not a request to the archive."),
    };

    private async ValueTask<ArchiveView> SealAsync(ArchiveRequest.Seal request, CancellationToken cancellationToken)
    {
        var missing = await settle(cancellationToken).ConfigureAwait(false);
        if (!await _sealing.WaitAsync(Patience, cancellationToken).ConfigureAwait(false))
            throw Errors.Throttling();
        try
        {
            var horizon = await store.HorizonAsync(cancellationToken).ConfigureAwait(false);
            var done = await sealer.SealAsync(request.Account, horizon, cancellationToken).ConfigureAwait(false);
            return await NewestAsync(new ArchiveRequest.Newest(request.Account), cancellationToken).ConfigureAwait(false) with { HasMore = done == Sealing.More, MissingNodes = missing };
        }
        finally
        {
            _sealing.Release();
        }
    }

    private async ValueTask<ArchiveView> NewestAsync(ArchiveRequest.Newest request, CancellationToken cancellationToken) =>
        new() { Digests = await store.NewestAsync(request.Account, cancellationToken).ConfigureAwait(false) is { } newest ? [newest] : [] };

    // A busy hour's digest has megabytes: a page ends early rather than hold many of them.
    private async ValueTask<ArchiveView> ListAsync(ArchiveRequest.Digests request, CancellationToken cancellationToken)
    {
        var found = new List<StoredDigest>();
        for (var bytes = 0L; found.Count < request.Count && bytes < PageBytes;)
        {
            var after = found is [.., var last] ? last.Number : request.After;
            var some = await store.DigestsAsync(request.Account, after, Math.Min(ReadAtOnce, request.Count - found.Count), cancellationToken).ConfigureAwait(false);
            if (some.Count == 0)
                break;
            found.AddRange(some);
            bytes += some.Sum(digest => (long)digest.Content.Length);
        }
        return new ArchiveView { Digests = found };
    }

    // Where a file begins, the one before it ends: so whatever stands in the trail up to the newest digest is in some file.
    private async ValueTask<ArchiveView> ReadFileAsync(ArchiveRequest.LogFile request, CancellationToken cancellationToken)
    {
        var found = await store.DigestsAsync(request.Account, request.Digest - 2, 2, cancellationToken).ConfigureAwait(false);
        var digest = found.FirstOrDefault(digest => digest.Number == request.Digest);
        if (digest is null || DigestFile.Read(digest.Content) is not { } sealed_ || request.Index >= sealed_.LogFiles.Count)
            return new ArchiveView();
        long? after = request.Index > 0 ? sealed_.LogFiles[request.Index - 1].Last
            : sealed_.Previous is null ? long.MinValue
            : found.FirstOrDefault(other => other.Number == request.Digest - 1) is { } before ? EndOf(before) : null;
        // Without the digest before, nobody can say where its first file begins.
        if (after is not { } start)
            return new ArchiveView { Digests = [digest] };
        var file = await _files.AgainAsync(request.Account, start, sealed_.LogFiles[request.Index].Last, cancellationToken).ConfigureAwait(false);
        return new ArchiveView { Digests = [digest], LogFile = file is null ? default(ReadOnlyMemory<byte>?) : Zip(file.Content) };
    }

    private static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return zipped.ToArray();
    }

    private static long? EndOf(StoredDigest digest) => DigestFile.Read(digest.Content) is { LogFiles: [.., var last] } ? last.Last : null;
}
