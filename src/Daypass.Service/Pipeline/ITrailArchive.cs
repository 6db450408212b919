using Daypass.Names;
using Daypass.Service.Audit.Digests;
using Daypass.Service.Stores;
using Daypass.Trails;

namespace Daypass.Service.Pipeline;

/// <summary>Reads what was sealed of a trail, and seals what was not, for the actions that ask for it. The boundary between the pipeline and the store.</summary>
internal interface ITrailArchive
{
    TrailFacts Facts { get; }

    /// <exception cref="StoreUnavailableException">The store does not answer, or does not yet have all there is.</exception>
    ValueTask<ArchiveView> ReadAsync(ArchiveRequest request, CancellationToken cancellationToken);
}

/// <summary>What actions may know of sealing without looking: the settings, and the public keys.</summary>
internal sealed record TrailFacts(TrailSettings Settings, Func<IReadOnlyList<TrailPublicKey>> Keys)
{
    /// <summary>Where nothing is sealed.</summary>
    public static readonly TrailFacts None = new(new TrailSettings(), () => []);
}

/// <summary>What an action wants of the archive.</summary>
internal abstract record ArchiveRequest(AccountId Account)
{
    /// <summary>Seals all that was answered before the call, as far as one digest goes; and the newest digest.</summary>
    internal sealed record Seal(AccountId Account) : ArchiveRequest(Account);

    /// <summary>The newest digest.</summary>
    internal sealed record Newest(AccountId Account) : ArchiveRequest(Account);

    /// <summary>The digests behind a number.</summary>
    internal sealed record Digests(AccountId Account, long After, int Count) : ArchiveRequest(Account);

    /// <summary>A log file, by its digest's number and its place there, counted from 0.</summary>
    internal sealed record LogFile(AccountId Account, long Digest, int Index) : ArchiveRequest(Account);
}

/// <summary>What the archive answers: the members that were asked for.</summary>
internal sealed record ArchiveView
{
    public IReadOnlyList<StoredDigest> Digests { get; init; } = [];

    /// <summary>The log file, gzip, as the events in the store make it now; null when none of them is there.</summary>
    public ReadOnlyMemory<byte>? LogFile { get; init; }

    /// <summary>Whether there are events that are not sealed yet.</summary>
    public bool HasMore { get; init; }

    /// <summary>Nodes whose newest events may not be sealed.</summary>
    public IReadOnlyList<NodeReport> MissingNodes { get; init; } = [];
}
