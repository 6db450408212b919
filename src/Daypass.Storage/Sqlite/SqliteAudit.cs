using System.Data.Common;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Storage.Sql;

namespace Daypass.Storage.Sqlite;

/// <summary>Appends events to the trail and finds them again. Appending goes past ADO.NET: it is on the path of every call.</summary>
internal sealed class SqliteAudit : IDisposable
{
    private readonly AuditPostings _postings = new();
    private SqliteAuditInsert? _insert;

    /// <summary>The events of one commit, under the commit's place in the feed.</summary>
    public void AppendOwn(SqliteSession session, long sequence, IReadOnlyList<AuditEvent> events)
    {
        if (events.Count == 0)
            return;
        var node = session.Number(Statements.SetWatermark, ("@node", Statements.OwnNode), ("@watermark", sequence))!.Value;
        Insert(session, node, [.. events.Select(e => new JournalEntry(sequence, e))]);
    }

    /// <summary>A node's batch, if its watermark is where the node believes it to be.</summary>
    public Appended Append(SqliteSession session, string node, long after, IReadOnlyList<JournalEntry> entries)
    {
        var watermark = Watermark(session, node);
        if (watermark != after || entries.Count == 0)
            return new Appended(watermark, false);
        watermark = entries[^1].Sequence;
        Insert(session, session.Number(Statements.SetWatermark, ("@node", node), ("@watermark", watermark))!.Value, entries);
        return new Appended(watermark, true);
    }

    public static long Watermark(SqliteSession session, string node) => session.Number(Statements.Watermark, ("@node", node)) ?? 0;

    public static AuditPage Find(SqliteSession session, AuditSearch search)
    {
        if (!search.HasAttribute)
            return search.PageOf(session.All(AuditSearch.SqlOfWindow, Map, search.Window));
        if (search.ById is { } id && search.PageOfOne(session.All(AuditSearch.SqlOfId, Map, id)) is { } one)
            return one;
        var seek = new AuditSeek(search);
        while (seek.Page is null)
        {
            while (seek.WantsPostings)
                seek.Add(session.All(AuditSearch.SqlOfPostings, Rows.Posting, seek.Postings));
            var wanted = seek.Wanted();
            seek.Add(wanted, wanted.SelectMany(at => session.All(AuditSearch.SqlOfEvent, Map, search.Event(at))));
        }
        return seek.Page;

        (AuditCursor, AuditEvent) Map(DbDataReader row) => Rows.AuditEvent(row, search.Account);
    }

    /// <summary>Indexes all events of a store that has no index yet, in the transaction that is under way.</summary>
    public static void Index(SqliteSession session)
    {
        using var insert = new SqliteAuditInsert(session.Connection.Handle!);
        for (var indexing = new AuditIndexing(); !indexing.IsDone;)
        {
            session.Each(AuditIndexing.SqlOfNext, row => indexing.Add(row), indexing.Next);
            insert.Add(indexing.Take());
        }
    }

    /// <summary>Removes some of an account's oldest events before a time, and says how many.</summary>
    public static int Purge(SqliteSession session, AccountId account, DateTimeOffset before, int most)
    {
        var purge = new AuditPurge(account);
        session.Each(AuditPurge.SqlOfOldest, row => purge.Add(row), purge.Oldest(before, most));
        if (purge.Events.Count == 0)
            return 0;
        foreach (var term in purge.Terms)
            session.Execute(
                "DELETE FROM audit_terms WHERE account = @account AND term = @term AND (time, id) <= (@time, @id)",
                ("@account", account.Number), ("@term", term), ("@time", purge.Newest.Time), ("@id", purge.Newest.Id));
        foreach (var (time, id) in purge.Events)
        {
            session.Execute("DELETE FROM audit_records WHERE id = @id", ("@id", id));
            session.Execute("DELETE FROM audit_events WHERE account = @account AND time = @time AND id = @id", ("@account", account.Number), ("@time", time), ("@id", id));
        }
        return purge.Events.Count;
    }

    public void Dispose() => _insert?.Dispose();

    private void Insert(SqliteSession session, long node, IReadOnlyList<JournalEntry> entries)
    {
        var id = session.Number(Statements.NextAuditSequences, ("@count", (long)entries.Count))!.Value - entries.Count;
        _insert ??= new SqliteAuditInsert(session.Connection.Handle!);
        foreach (var entry in entries)
        {
            _insert.Add(++id, node, entry);
            _postings.Add(id, entry.Event);
        }
        _insert.Add(_postings.Take());
    }
}
