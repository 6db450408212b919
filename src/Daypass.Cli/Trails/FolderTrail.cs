using System.Runtime.CompilerServices;
using Daypass.Trails;

namespace Daypass.Cli.Trails;

/// <summary>A trail that was exported to a folder, in CloudTrail's layout; beside each digest its signature, which S3 keeps as the object's metadata.</summary>
internal sealed class FolderTrail(string folder, string account, IReadOnlyDictionary<string, TrailPublicKey> keys) : ITrailSource
{
    public const string SignatureSuffix = ".signature";

    public IReadOnlyDictionary<string, TrailPublicKey> Keys => keys;

    /// <summary>The accounts whose trails are in a folder.</summary>
    public static IReadOnlyList<string> AccountsIn(string folder)
    {
        var logs = Path.Combine(folder, "AWSLogs");
        return Directory.Exists(logs) ? [.. Directory.EnumerateDirectories(logs).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)] : [];
    }

    public async Task<SealedDigest?> NewestAsync(CancellationToken cancellationToken) =>
        Names("CloudTrail-Digest").LastOrDefault() is { } newest ? await ReadAsync(newest, 0, cancellationToken) : null;

    // By their names, which end in the time, the order of the names is that of the chain.
    public async IAsyncEnumerable<SealedDigest> DigestsAsync(TimeRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        foreach (var name in Names("CloudTrail-Digest"))
        {
            var digest = await ReadAsync(name, ++number, cancellationToken);
            if (DigestFile.Read(digest.Content) is not { } read || range.Meets(read.Start, read.End))
                yield return digest;
        }
    }

    public async Task<byte[]?> LogFileAsync(SealedDigest digest, DigestLogFile file, int index, CancellationToken cancellationToken)
    {
        // A key is a path below the folder: one that leads out of it is a missing file.
        var path = Path.GetFullPath(Path.Combine(folder, file.Key));
        if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
            return null;
        return Gzip.Open(await File.ReadAllBytesAsync(path, cancellationToken));
    }

    public IEnumerable<string> Strangers(IReadOnlySet<string> named) => Names("CloudTrail").Where(name => !named.Contains(name));

    private IEnumerable<string> Names(string kind)
    {
        var root = Path.Combine(folder, "AWSLogs", account, kind);
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*.json.gz", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)
            : [];
    }

    // What cannot be read is an empty digest, which nothing is signed for.
    private async Task<SealedDigest> ReadAsync(string name, long number, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name);
        var signature = File.Exists(path + SignatureSuffix) ? (await File.ReadAllTextAsync(path + SignatureSuffix, cancellationToken)).Trim() : "";
        try
        {
            return new SealedDigest(number, name, Gzip.Open(await File.ReadAllBytesAsync(path, cancellationToken)), signature);
        }
        catch (InvalidDataException)
        {
            return new SealedDigest(number, name, [], signature);
        }
    }
}
