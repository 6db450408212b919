using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>
/// Appends events to the trail and finds them again. Appending never touches the feed. The lock on the node's row keeps an older connection
/// of the same node, or a second node that took its name, from appending the same events at the same time.
/// </summary>
internal sealed class PostgresAudit(PostgresPool pool)
{
    private const string Lock = "SELECT watermark FROM audit_nodes WHERE node = $1 FOR UPDATE";
    private const string AddNode = "INSERT INTO audit_nodes (node, watermark) VALUES ($1, 0) ON CONFLICT DO NOTHING";
    private const string HoldGate = "UPDATE audit_nodes SET watermark = watermark WHERE node = $1";
    private const int SecondsToSearch = 20;
    private const int SecondsToIndex = 600;

    /// <summary>A node's batch, if its watermark is where the node believes it to be.</summary>
    public ValueTask<Appended> AppendAsync(string node, long after, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        pool.RunAsync(connection => AppendAsync(connection, node, after, entries, cancellationToken), cancellationToken);

    public ValueTask<AuditPage> FindAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var search = new AuditSearch(query);
        return pool.SearchAsync(connection => FindAsync(connection, search, cancellationToken), cancellationToken);
    }

    /// <summary>Indexes all events of a store that has no index yet, in the transaction that is under way.</summary>
    public static async ValueTask IndexAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        for (var indexing = new AuditIndexing(); !indexing.IsDone;)
        {
            await connection.AllAsync(AuditIndexing.SqlOfNext, indexing.Add, indexing.Next, cancellationToken, SecondsToIndex).ConfigureAwait(false);
            await using var batch = new NpgsqlBatch(connection) { Timeout = SecondsToIndex };
            PostgresAuditInsert.Add(batch, indexing.Take());
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<Appended> AppendAsync(
        NpgsqlConnection connection, string node, long after, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        var (found, number) = await BeginAsync(connection, node, isNew: false, cancellationToken).ConfigureAwait(false);
        if (found is null)
            (found, number) = await BeginAsync(connection, node, isNew: true, cancellationToken).ConfigureAwait(false);
        var watermark = found!.Value;
        await using var batch = new NpgsqlBatch(connection);
        var isWritten = watermark == after && entries.Count > 0;
        if (isWritten)
            PostgresAuditInsert.Add(batch, node, number, watermark = entries[^1].Sequence, entries);
        await batch.ExecuteCommitAsync(cancellationToken).ConfigureAwait(false);
        return new Appended(watermark, isWritten);
    }

    private static async ValueTask<(long? Watermark, long Number)> BeginAsync(
        NpgsqlConnection connection, string node, bool isNew, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (isNew)
        {
            // Once in a node's life: whoever asks up to where the trail is complete must not overlook a node that is not visible yet.
            batch.Add(HoldGate, Statements.OwnNode);
            batch.Add(AddNode, node);
        }
        else
        {
            batch.Add(PostgresCommands.Begin);
        }
        batch.Add(Lock, node);
        batch.Add(PostgresAuditInsert.NextBatch);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var watermarks = await rows.AllAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        var numbers = await rows.NextAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return (watermarks.Count == 0 ? null : watermarks[0], numbers[0]);
    }

    private static async ValueTask<AuditPage> FindAsync(NpgsqlConnection connection, AuditSearch search, CancellationToken cancellationToken)
    {
        if (!search.HasAttribute)
            return search.PageOf(await EventsAsync(AuditSearch.SqlOfWindow, search.Window).ConfigureAwait(false));
        if (search.ById is { } id && search.PageOfOne(await EventsAsync(AuditSearch.SqlOfId, id).ConfigureAwait(false)) is { } one)
            return one;
        var seek = new AuditSeek(search);
        while (seek.Page is null)
        {
            while (seek.WantsPostings)
                seek.Add(await connection.AllAsync(AuditSearch.SqlOfPostings, Rows.Posting, seek.Postings, cancellationToken, SecondsToSearch).ConfigureAwait(false));
            var wanted = seek.Wanted();
            seek.Add(wanted, wanted.Count == 0 ? [] : await EventsAsync(AuditSearch.SqlOfEvents, search.Events(wanted)).ConfigureAwait(false));
        }
        return seek.Page;

        ValueTask<List<(AuditCursor, AuditEvent)>> EventsAsync(string sql, (string, object)[] values) =>
            connection.AllAsync(sql, row => Rows.AuditEvent(row, search.Account), values, cancellationToken, SecondsToSearch);
    }
}
