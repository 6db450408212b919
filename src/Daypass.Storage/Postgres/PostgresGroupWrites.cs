using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>The statements that write a plan, one for each table, each with a column an array.</summary>
internal static class PostgresGroupWrites
{
    private const string AddCommits = "INSERT INTO commits (sequence, id, set_id) SELECT * FROM unnest($1, $2, $3)";
    private const string AddSets = "INSERT INTO sets (id) SELECT * FROM unnest($1) ON CONFLICT DO NOTHING";
    private const string AddChanges = "INSERT INTO changes (sequence, ordinal, kind, name, body) SELECT * FROM unnest($1, $2, $3, $4, $5)";
    private const string PurgeClaims = "DELETE FROM claims WHERE expires <= $1";

    private const string PutDocuments = """
        INSERT INTO documents (set_id, kind, name, revision, body) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (set_id, kind, name) DO UPDATE SET revision = excluded.revision, body = excluded.body
        """;

    private const string DeleteDocuments = """
        DELETE FROM documents AS d USING unnest($1, $2, $3) AS r (set_id, kind, name)
        WHERE d.set_id = r.set_id AND d.kind = r.kind AND d.name = r.name
        """;

    private const string AddClaims = """
        INSERT INTO claims (set_id, value, expires) SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT (set_id, value) DO UPDATE SET expires = excluded.expires
        """;

    public static void Add(NpgsqlBatch batch, CommitPlan plan, long eventsBatch, long now)
    {
        batch.Add(
            AddCommits,
            plan.Commits.Select(c => c.Sequence).ToArray(), plan.Commits.Select(c => c.Commit.Id).ToArray(), plan.Commits.Select(c => c.Commit.Set.Value).ToArray());
        AddDocuments(batch, plan);
        AddChangesOf(batch, plan);
        if (plan.Claims.Count > 0)
        {
            batch.Add(PurgeClaims, now);
            batch.Add(AddClaims, plan.Claims.Keys.Select(k => k.Set.Value).ToArray(), plan.Claims.Keys.Select(k => k.Value).ToArray(), plan.Claims.Values.ToArray());
        }
        if (plan.Events.ToList() is { Count: > 0 } events)
            PostgresAuditInsert.Add(batch, Statements.OwnNode, eventsBatch, events[^1].Sequence, events);
    }

    private static void AddDocuments(NpgsqlBatch batch, CommitPlan plan)
    {
        var puts = plan.Documents.Where(d => d.Value.Body is not null).ToList();
        var deletes = plan.Documents.Where(d => d.Value.Body is null).Select(d => d.Key).ToList();
        var sets = plan.Commits.Where(c => c.Commit.Puts.Count > 0).Select(c => c.Commit.Set.Value).Distinct(StringComparer.Ordinal).ToArray();
        if (sets.Length > 0)
            batch.Add(AddSets, [sets]);
        if (puts.Count > 0)
            batch.Add(
                PutDocuments,
                puts.Select(d => d.Key.Set.Value).ToArray(), puts.Select(d => d.Key.Key.Kind).ToArray(), puts.Select(d => d.Key.Key.Name).ToArray(),
                puts.Select(d => d.Value.Revision).ToArray(), puts.Select(d => StoredBytes.Of(d.Value.Body!.Value)).ToArray());
        if (deletes.Count > 0)
            batch.Add(
                DeleteDocuments,
                deletes.Select(d => d.Set.Value).ToArray(), deletes.Select(d => d.Key.Kind).ToArray(), deletes.Select(d => d.Key.Name).ToArray());
    }

    private static void AddChangesOf(NpgsqlBatch batch, CommitPlan plan)
    {
        var changes = new List<(long Sequence, long Ordinal, DocumentKey Key, byte[]? Body)>();
        foreach (var (sequence, commit) in plan.Commits)
        {
            changes.AddRange(commit.Puts.Select((put, i) => (sequence, (long)i, put.Key, (byte[]?)StoredBytes.Of(put.Body))));
            changes.AddRange(commit.Deletes.Select((key, i) => (sequence, (long)commit.Puts.Count + i, key, (byte[]?)null)));
        }
        if (changes.Count > 0)
            batch.Add(
                AddChanges,
                changes.Select(c => c.Sequence).ToArray(), changes.Select(c => c.Ordinal).ToArray(), changes.Select(c => c.Key.Kind).ToArray(),
                changes.Select(c => c.Key.Name).ToArray(), changes.Select(c => c.Body).ToArray());
    }
}
