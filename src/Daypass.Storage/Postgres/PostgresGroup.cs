using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>
/// A group of commits as one transaction of two round trips, however many they are: the first locks the feed and reads what they rest on,
/// the second writes all of it and commits. The lock comes first and stays until the COMMIT, so the order of commits is the order of
/// sequences; and whoever repeats a commit waits until the first attempt has ended, dead connection or not.
/// </summary>
internal sealed class PostgresGroup(NpgsqlConnection connection, bool notifies)
{
    private const string Lock = "SELECT epoch, sequence FROM feed_head FOR UPDATE";
    private const string Known = "SELECT id, sequence FROM commits WHERE id = ANY($1)";

    private long _events;

    private const string Revisions = """
        SELECT d.set_id, d.kind, d.name, d.revision
        FROM unnest($1, $2, $3) AS r (set_id, kind, name)
        JOIN documents AS d ON d.set_id = r.set_id AND d.kind = r.kind AND d.name = r.name
        """;

    private const string Taken = """
        SELECT c.set_id, c.value
        FROM unnest($1, $2) AS r (set_id, value) JOIN claims AS c ON c.set_id = r.set_id AND c.value = r.value
        WHERE c.expires > $3
        """;

    public async ValueTask<CommitPlan> BeginAsync(IReadOnlyList<Commit> commits, long now)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(PostgresCommands.Begin);
        batch.Add(Lock);
        batch.Add(Known, [commits.Select(c => c.Id).ToArray()]);
        var reads = commits.SelectMany(c => c.Reads.Select(r => (c.Set, r.Key))).Distinct().ToList();
        batch.Add(Revisions, reads.Select(r => r.Set.Value).ToArray(), reads.Select(r => r.Key.Kind).ToArray(), reads.Select(r => r.Key.Name).ToArray());
        var claims = commits.SelectMany(c => c.Claims.Select(claim => (c.Set, claim.Value))).Distinct().ToList();
        batch.Add(Taken, claims.Select(c => c.Set.Value).ToArray(), claims.Select(c => c.Value).ToArray(), now);
        batch.Add(PostgresAuditInsert.NextBatch);
        await using var rows = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        var (epoch, head) = (await rows.AllAsync(row => (row.GetString(0), row.GetInt64(1)), default).ConfigureAwait(false)).Single();
        var plan = new CommitPlan(epoch, head, now);
        foreach (var (id, sequence) in await rows.NextAsync(row => (row.GetString(0), row.GetInt64(1)), default).ConfigureAwait(false))
            plan.Know(id, sequence);
        foreach (var (set, key, revision) in await rows.NextAsync(
            row => (new SetId(row.GetString(0)), new DocumentKey(row.GetString(1), row.GetString(2)), row.GetInt64(3)), default).ConfigureAwait(false))
            plan.Know(set, key, revision);
        plan.Taken.UnionWith(await rows.NextAsync(row => (new SetId(row.GetString(0)), row.GetString(1)), default).ConfigureAwait(false));
        _events = (await rows.NextAsync(row => row.GetInt64(0), default).ConfigureAwait(false))[0];
        return plan;
    }

    public async ValueTask EndAsync(CommitPlan plan, long now)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (plan.HasCommits)
            PostgresGroupWrites.Add(batch, plan, _events, now);
        // Also when nothing is new: only a transaction that has written waits for what was written before it to be durable.
        if (plan.HasCommits || plan.HasRepeats)
            batch.Add("UPDATE feed_head SET sequence = $1", plan.Sequence);
        if (plan.HasCommits && notifies)
            batch.Add(PostgresNews.Notify);
        await batch.ExecuteCommitAsync(default).ConfigureAwait(false);
    }
}
