using System.Data.Common;

namespace Daypass.Storage.Sql;

/// <summary>
/// Indexes events that are in the store already: those of a store that was made before there was an index, and those that a snapshot
/// brought, which has none. The steps, the same for every engine: read the next events, write the rows of the index.
/// </summary>
internal sealed class AuditIndexing
{
    /// <summary>The events behind a key, in the order of the key.</summary>
    public const string SqlOfNext = """
        SELECT account, time, id, event_id, event_name, event_source, username, access_key_id, read_only, resources FROM audit_events
        WHERE (account, time, id) > (@account, @time, @id) ORDER BY account, time, id LIMIT @count
        """;

    // Many, as the rows of a batch are as many as it has different values.
    private const int EventsAtOnce = 50_000;

    private readonly AuditPostings _postings = new();
    private (long Account, long Time, long Id) _last = (-1, 0, 0);
    private int _read;

    public bool IsDone { get; private set; }

    /// <summary>The parameters of <see cref="SqlOfNext"/>.</summary>
    public (string Name, object Value)[] Next =>
        [("@account", _last.Account), ("@time", _last.Time), ("@id", _last.Id), ("@count", (long)EventsAtOnce)];

    /// <summary>Takes one row of them.</summary>
    public bool Add(DbDataReader row)
    {
        var (id, e) = Rows.Indexed(row);
        _last = (e.Account.Number, row.GetInt64(1), id);
        _postings.Add(id, e);
        _read++;
        return true;
    }

    /// <summary>What is to be written before the next events are read.</summary>
    public List<Posting> Take()
    {
        (IsDone, _read) = (_read < EventsAtOnce, 0);
        return _postings.Take();
    }
}
