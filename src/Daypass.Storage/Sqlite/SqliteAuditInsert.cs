using System.Text;
using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Daypass.Storage.Sqlite;

/// <summary>The insert statements of the trail, bound without boxing or copies.</summary>
internal sealed class SqliteAuditInsert : IDisposable
{
    private const string Event = """
        INSERT INTO audit_events (account, time, id, event_id, event_name, event_source, username, access_key_id, read_only, resources)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string Record = "INSERT INTO audit_records (id, node, sequence, record) VALUES (?, ?, ?, ?)";

    private const string Posting = "INSERT INTO audit_terms (account, term, time, id, events) VALUES (?, ?, ?, ?, ?)";

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _event;
    private readonly sqlite3_stmt _record;
    private readonly sqlite3_stmt _posting;
    private byte[] _text = new byte[1024];

    public SqliteAuditInsert(sqlite3 database)
    {
        _database = database;
        _event = Prepare(Event);
        _record = Prepare(Record);
        _posting = Prepare(Posting);
    }

    public void Add(long id, long node, in JournalEntry entry)
    {
        var e = entry.Event;
        raw.sqlite3_bind_int64(_event, 1, e.Account.Number);
        raw.sqlite3_bind_int64(_event, 2, e.Time.ToUnixTimeMilliseconds());
        raw.sqlite3_bind_int64(_event, 3, id);
        Bind(4, e.EventId);
        Bind(5, e.EventName);
        Bind(6, e.EventSource);
        Bind(7, e.Username);
        Bind(8, e.AccessKeyId);
        raw.sqlite3_bind_int64(_event, 9, e.IsReadOnly ? 1 : 0);
        Bind(10, ResourceText.Encode(e.Resources));
        Step(_event);
        raw.sqlite3_bind_int64(_record, 1, id);
        raw.sqlite3_bind_int64(_record, 2, node);
        raw.sqlite3_bind_int64(_record, 3, entry.Sequence);
        raw.sqlite3_bind_blob(_record, 4, e.Record.Span);
        Step(_record);
    }

    public void Add(List<Posting> postings)
    {
        foreach (var (account, term, newest, others) in postings)
        {
            raw.sqlite3_bind_int64(_posting, 1, account);
            raw.sqlite3_bind_int64(_posting, 2, term);
            raw.sqlite3_bind_int64(_posting, 3, newest.Time);
            raw.sqlite3_bind_int64(_posting, 4, newest.Id);
            raw.sqlite3_bind_blob(_posting, 5, others);
            Step(_posting);
        }
    }

    public void Dispose()
    {
        _event.Dispose();
        _record.Dispose();
        _posting.Dispose();
    }

    private void Bind(int index, string value)
    {
        value = StoredText.Of(value);
        if (Encoding.UTF8.GetMaxByteCount(value.Length) > _text.Length)
            _text = new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
        raw.sqlite3_bind_text(_event, index, _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text)));
    }

    private void Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(code, _database);
    }

    private sqlite3_stmt Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        SqliteException.ThrowExceptionForRC(code, _database);
        return statement;
    }
}
