namespace Daypass.Storage.Snapshots;

/// <summary>Where the feed and the trail of a store stood when it was read.</summary>
internal sealed record SnapshotHead(string Epoch, long Sequence);

/// <summary>
/// A whole store as of one moment: of an engine, or of a backup file. The tables are read one after the other in the order of
/// <see cref="SnapshotTables.All"/>, each to its end. A row is valid until the next one is asked for.
/// </summary>
internal interface ISnapshotSource : IAsyncDisposable
{
    /// <summary>The engine's name and its schema's number.</summary>
    (string Engine, int Schema) Origin { get; }

    SnapshotHead Head { get; }

    IAsyncEnumerable<object?[]> RowsAsync(SnapshotTable table, CancellationToken cancellationToken);
}

/// <summary>An empty store that a snapshot is written to. Until <see cref="CommitAsync"/> it holds nothing, whatever happens.</summary>
internal interface ISnapshotTarget : IAsyncDisposable
{
    ValueTask WriteAsync(SnapshotTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Makes it all durable and visible at once. Its epoch must be one that no store had before.</summary>
    ValueTask CommitAsync(SnapshotHead head, CancellationToken cancellationToken);
}

/// <summary>A backup that cannot be used. The message is one sentence for an operator.</summary>
internal sealed class BackupException(string sentence) : Exception(sentence);

/// <summary>What a table came to: how many rows, and a digest over them in the order of their key.</summary>
internal readonly record struct TableSum(long Rows, string Digest);
