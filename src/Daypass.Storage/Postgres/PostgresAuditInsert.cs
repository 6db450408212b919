using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>Adds events to a batch: a statement for each table, each with a column an array.</summary>
internal static class PostgresAuditInsert
{
    /// <summary>
    /// Numbers a batch of events. A sequence: the number is above all that were given before, and nobody waits for anybody. An id is this
    /// number and the event's place in the batch.
    /// </summary>
    public const string NextBatch = "SELECT nextval('audit_batches')";

    public const int PlaceBits = 20;

    private const string Events = """
        INSERT INTO audit_events (account, time, id, event_id, event_name, event_source, username, access_key_id, read_only, resources)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string Records = """
        INSERT INTO audit_records (id, node, sequence, record)
        SELECT r.id, (SELECT number FROM audit_nodes WHERE node = $1), r.sequence, r.record
        FROM unnest($2, $3, $4) AS r (id, sequence, record)
        """;

    private const string Postings = "INSERT INTO audit_terms (account, term, time, id, events) SELECT * FROM unnest($1, $2, $3, $4, $5)";

    private const string Advance = "UPDATE audit_nodes SET watermark = $2 WHERE node = $1";

    /// <summary>The events, under ids of the numbered batch, and the node's new watermark. The node must be known.</summary>
    public static void Add(NpgsqlBatch batch, string node, long number, long watermark, IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count >= 1 << PlaceBits)
            throw new ArgumentException("Too many events for one batch.");
        var ids = Enumerable.Range(0, entries.Count).Select(place => (number << PlaceBits) + place).ToArray();
        batch.Add(
            Events,
            Column(entries, e => e.Account.Number), Column(entries, e => e.Time.ToUnixTimeMilliseconds()), ids,
            Column(entries, e => StoredText.Of(e.EventId)), Column(entries, e => StoredText.Of(e.EventName)),
            Column(entries, e => StoredText.Of(e.EventSource)), Column(entries, e => StoredText.Of(e.Username)),
            Column(entries, e => StoredText.Of(e.AccessKeyId)), Column(entries, e => (short)(e.IsReadOnly ? 1 : 0)),
            Column(entries, e => StoredText.Of(ResourceText.Encode(e.Resources))));
        var sequences = new long[entries.Count];
        for (var i = 0; i < sequences.Length; i++)
            sequences[i] = entries[i].Sequence;
        batch.Add(Records, node, ids, sequences, Column(entries, e => StoredBytes.Of(e.Record)));
        var postings = new AuditPostings();
        for (var i = 0; i < ids.Length; i++)
            postings.Add(ids[i], entries[i].Event);
        Add(batch, postings.Take());
        batch.Add(Advance, node, watermark);
    }

    public static void Add(NpgsqlBatch batch, List<Posting> rows) => batch.Add(
        Postings,
        rows.Select(row => row.Account).ToArray(), rows.Select(row => row.Term).ToArray(), rows.Select(row => row.Newest.Time).ToArray(),
        rows.Select(row => row.Newest.Id).ToArray(), rows.Select(row => row.Others).ToArray());

    private static T[] Column<T>(IReadOnlyList<JournalEntry> entries, Func<AuditEvent, T> value)
    {
        var column = new T[entries.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(entries[i].Event);
        return column;
    }
}
