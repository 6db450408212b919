using Daypass.Trails;

namespace Daypass.Cli.Trails;

/// <summary>A sealed trail of one account, wherever it is: at the server, or exported.</summary>
internal interface ITrailSource
{
    /// <summary>By fingerprint.</summary>
    IReadOnlyDictionary<string, TrailPublicKey> Keys { get; }

    /// <summary>The newest digest; null when there is none.</summary>
    Task<SealedDigest?> NewestAsync(CancellationToken cancellationToken);

    /// <summary>The digests in their order, each read when it is asked for.</summary>
    IAsyncEnumerable<SealedDigest> DigestsAsync(TimeRange range, CancellationToken cancellationToken);

    /// <summary>A log file's content before compression; null when it is not there.</summary>
    /// <exception cref="InvalidDataException">It is there and cannot be read.</exception>
    Task<byte[]?> LogFileAsync(SealedDigest digest, DigestLogFile file, int index, CancellationToken cancellationToken);

    /// <summary>Log files that are there and that no digest named.</summary>
    IEnumerable<string> Strangers(IReadOnlySet<string> named);
}

/// <summary>The span of time that somebody asks about; open where it is null.</summary>
internal readonly record struct TimeRange(DateTimeOffset? From, DateTimeOffset? Until)
{
    public bool IsWhole => From is null && Until is null;

    /// <summary>Whether a digest of this span concerns it.</summary>
    public bool Meets(DateTimeOffset? start, DateTimeOffset end) => !(end < From) && !(start > Until);
}
