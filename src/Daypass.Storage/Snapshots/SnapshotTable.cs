namespace Daypass.Storage.Snapshots;

internal enum SnapshotType
{
    Number,
    Text,
    Bytes,

    /// <summary>A number that is 0 or 1.</summary>
    Flag,
}

internal readonly record struct SnapshotColumn(string Name, SnapshotType Type, bool IsNullable = false);

/// <summary>A table of the store as snapshots have it, and the columns that its rows are in the order of.</summary>
internal sealed record SnapshotTable(string Name, IReadOnlyList<SnapshotColumn> Columns, int KeyColumns)
{
    /// <summary>The schema's number that the table came with: backups of earlier ones do not have it.</summary>
    public int Since { get; init; } = 1;

    /// <summary>The columns of the table's key, which come first.</summary>
    public IEnumerable<SnapshotColumn> Key => Columns.Take(KeyColumns);

    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column)
                return i;
        }
        throw new ArgumentException($"The table {Name} has no column {column}.", nameof(column));
    }
}

/// <summary>
/// All that a store holds, in the order in which snapshots have it. The feed's head is in <see cref="SnapshotHead"/>; what is not here
/// does not survive a restore (a test holds every engine's schema against this). The trail's index is made anew.
/// </summary>
internal static class SnapshotTables
{
    public static readonly SnapshotTable Sets = new("sets", [Text("id")], 1);
    public static readonly SnapshotTable Documents = new("documents", [Text("set_id"), Text("kind"), Text("name"), Number("revision"), Bytes("body")], 3);
    public static readonly SnapshotTable Commits = new("commits", [Number("sequence"), Text("id"), Text("set_id")], 1);
    public static readonly SnapshotTable Changes = new("changes", [Number("sequence"), Number("ordinal"), Text("kind"), Text("name"), Bytes("body") with { IsNullable = true }], 2);
    public static readonly SnapshotTable Claims = new("claims", [Text("set_id"), Text("value"), Number("expires")], 2);
    public static readonly SnapshotTable AuditNodes = new("audit_nodes", [Number("number"), Text("node"), Number("watermark")], 1);
    public static readonly SnapshotTable AuditRecords = new("audit_records", [Number("id"), Number("node"), Number("sequence"), Bytes("record")], 1);
    public static readonly SnapshotTable LastUsed = new("last_used", [Text("id"), Number("time"), Text("region"), Text("service")], 1);

    /// <summary>Nodes that may have events which are not in the store.</summary>
    public static readonly SnapshotTable Nodes = new("nodes", [Text("node"), Text("name"), Text("version"), Number("applied"), Number("shipped_until"), Number("reported")], 1);

    public static readonly SnapshotTable AuditEvents = new("audit_events",
    [
        Number("account"), Number("time"), Number("id"), Text("event_id"), Text("event_name"), Text("event_source"), Text("username"), Text("access_key_id"),
        new("read_only", SnapshotType.Flag), Text("resources"),
    ], 3);

    public static readonly SnapshotTable AuditDigests = new("audit_digests",
        [Number("account"), Number("number"), Number("time"), Number("until"), Text("signature"), Bytes("content")], 2) { Since = 4 };

    public static readonly SnapshotTable Sightings = new("sightings",
        [Number("account"), Text("subject"), Text("certificate"), Number("first"), Number("seen"), Number("let_in"), Bytes("body")], 3) { Since = 5 };

    public static readonly IReadOnlyList<SnapshotTable> All = [Sets, Documents, Commits, Changes, Claims, AuditNodes, AuditEvents, AuditRecords, LastUsed, Nodes, AuditDigests, Sightings];

    private static SnapshotColumn Number(string name) => new(name, SnapshotType.Number);

    private static SnapshotColumn Text(string name) => new(name, SnapshotType.Text);

    private static SnapshotColumn Bytes(string name) => new(name, SnapshotType.Bytes);
}
