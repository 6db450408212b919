using Daypass.Names;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>Removes old events, one node at a time: another one that comes meanwhile finds nothing to do.</summary>
internal static class PostgresAuditPurge
{
    // Any number that nobody else is likely to take.
    private const string Lock = "SELECT pg_try_advisory_xact_lock(28259006310019956)";

    private const string Terms = """
        DELETE FROM audit_terms AS t USING unnest($2) AS w (term)
        WHERE t.account = $1 AND t.term = w.term AND (t.time, t.id) <= ($3, $4)
        """;

    private const string Records = "DELETE FROM audit_records AS r USING unnest($1) AS w (id) WHERE r.id = w.id";

    private const string Events = """
        DELETE FROM audit_events AS e USING unnest($2, $3) AS w (time, id)
        WHERE e.account = $1 AND e.time = w.time AND e.id = w.id
        """;

    public static async ValueTask<int> RunAsync(NpgsqlConnection connection, AccountId account, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        var purge = new AuditPurge(account);
        await using (var begin = new NpgsqlBatch(connection))
        {
            begin.Add(PostgresCommands.Begin);
            begin.Add(Lock);
            begin.AddNamed(AuditPurge.SqlOfOldest, purge.Oldest(before, most));
            await using var rows = await begin.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            var isMine = (await rows.AllAsync(row => row.GetBoolean(0), cancellationToken).ConfigureAwait(false))[0];
            if (isMine)
                await rows.NextAsync(purge.Add, cancellationToken).ConfigureAwait(false);
        }
        await using var batch = new NpgsqlBatch(connection);
        if (purge.Events.Count > 0)
            Add(batch, account, purge);
        await batch.ExecuteCommitAsync(cancellationToken).ConfigureAwait(false);
        return purge.Events.Count;
    }

    private static void Add(NpgsqlBatch batch, AccountId account, AuditPurge purge)
    {
        var (times, ids) = (purge.Events.Select(at => at.Time).ToArray(), purge.Events.Select(at => at.Id).ToArray());
        batch.Add(Terms, account.Number, purge.Terms, purge.Newest.Time, purge.Newest.Id);
        batch.Add(Records, ids);
        batch.Add(Events, account.Number, times, ids);
    }
}
