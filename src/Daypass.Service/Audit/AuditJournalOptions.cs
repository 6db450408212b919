namespace Daypass.Service.Audit;

/// <summary>Sizes of a node's journal.</summary>
internal sealed record AuditJournalOptions
{
    /// <summary>The largest event, encoded.</summary>
    public const int MaxEventBytes = 1 << 20;

    /// <summary>What a segment file grows to. The first are smaller, each twice the one before, so that a small server writes little.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    public long FirstSegmentBytes { get; init; } = 4L << 20;

    /// <summary>What may wait for the store. Beyond it events are refused, and with them the calls that they belong to.</summary>
    public long MaxBacklogBytes { get; init; } = 1L << 30;

    /// <summary>Bytes of the disk that are kept for those who manage; <see cref="AuditRoom"/> says how. 0: none are.</summary>
    public long ReserveBytes { get; init; }

    /// <summary>Measures what the disk of a folder has left.</summary>
    public Func<string, long> MeasureDisk { get; init; } = AuditRoom.Measure;

    public TimeSpan MeasureDiskEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long after a write that failed the journal tries again by itself, by the machine's clock.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What one flush takes; whoever comes then waits for the next.</summary>
    public int MaxBatchBytes { get; init; } = 2 << 20;
}

/// <summary>The journal cannot take events, so the call must be refused (503): no credential leaves without its record.</summary>
internal sealed class JournalUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
