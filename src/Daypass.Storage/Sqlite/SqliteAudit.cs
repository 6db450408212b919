using Daypass.Service.Audit;
using Daypass.Storage.Sql;

namespace Daypass.Storage.Sqlite;

/// <summary>Appends events to the trail and finds them again. Appending goes past ADO.NET: it is on the path of every call.</summary>
internal sealed class SqliteAudit : IDisposable
{
    /// <summary>The name under which the events of commits stand; the feed's sequence is theirs.</summary>
    public const string OwnNode = "store";

    private SqliteAuditInsert? _insert;

    /// <summary>The events of one commit, under the commit's place in the feed.</summary>
    public void AppendOwn(SqliteSession session, long sequence, IReadOnlyList<AuditEvent> events)
    {
        if (events.Count == 0)
            return;
        var node = session.Number(Statements.SetWatermark, ("@node", OwnNode), ("@watermark", sequence))!.Value;
        Insert(session, node, [.. events.Select(e => new JournalEntry(sequence, e))]);
    }

    /// <summary>A node's batch, if its watermark is where the node believes it to be; returns the watermark.</summary>
    public long Append(SqliteSession session, string node, long after, IReadOnlyList<JournalEntry> entries)
    {
        var watermark = Watermark(session, node);
        if (watermark != after || entries.Count == 0)
            return watermark;
        watermark = entries[^1].Sequence;
        Insert(session, session.Number(Statements.SetWatermark, ("@node", node), ("@watermark", watermark))!.Value, entries);
        return watermark;
    }

    public static long Watermark(SqliteSession session, string node) => session.Number(Statements.Watermark, ("@node", node)) ?? 0;

    public static AuditPage Find(SqliteSession session, AuditSearch search, int scanLimit)
    {
        var (found, high, scanned) = (new List<(AuditCursor At, AuditEvent Event)>(), search.High, 0);
        for (var chunk = 1_000; ; chunk *= 10)
        {
            chunk = Math.Min(chunk, scanLimit - scanned);
            var end = search.NeedsScan ? ChunkEnd(session, search, high, chunk) : null;
            var parameters = search.Parameters(end ?? search.Low, high, search.PageSize + 1 - found.Count);
            found.AddRange(session.All(search.Sql, row => Rows.AuditEvent(row, search.Account), parameters));
            if (found.Count > search.PageSize)
                return new AuditPage([.. found.Take(search.PageSize).Select(f => f.Event)], found[search.PageSize - 1].At.Encode());
            if (end is null || (scanned += chunk) >= scanLimit)
                return new AuditPage([.. found.Select(f => f.Event)], end?.Encode());
            high = end.Value;
        }
    }

    public void Dispose() => _insert?.Dispose();

    private static AuditCursor? ChunkEnd(SqliteSession session, AuditSearch search, AuditCursor high, int chunk) =>
        session.One<AuditCursor?>(
            AuditSearch.SqlOfChunkEnd, row => new AuditCursor(row.GetInt64(0), row.GetInt64(1)), search.Window(search.Low, high, chunk));

    private void Insert(SqliteSession session, long node, IReadOnlyList<JournalEntry> entries)
    {
        var id = session.Number(Statements.NextAuditSequences, ("@count", (long)entries.Count))!.Value - entries.Count;
        _insert ??= new SqliteAuditInsert(session.Connection.Handle!);
        foreach (var entry in entries)
            _insert.Add(++id, node, entry);
    }
}
