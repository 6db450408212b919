using Daypass.Service.Stores;
using Daypass.Storage.Sql;

namespace Daypass.Storage.Sqlite;

/// <summary>What a commit does inside the writer's transaction. A commit that is not kept is rolled back whole by the writer.</summary>
internal sealed class SqliteCommits(SqliteAudit audit, TimeProvider time)
{
    public (bool Keep, CommitResult Result) Apply(SqliteSession session, Commit commit)
    {
        var epoch = session.One(Statements.Head, Rows.Position).Epoch;
        if (session.Number(Statements.CommitById, ("@id", commit.Id)) is { } known)
            return (true, new CommitResult(CommitOutcome.Committed, new FeedPosition(epoch, known, commit.Id)));
        if (commit.Epoch is { } seen && seen != epoch)
            throw new EpochChangedException("The store was restored since this commit's documents were read.");
        if (!commit.Reads.All(read => IsCurrent(session, commit.Set, read)))
            return (false, new CommitResult(CommitOutcome.Conflict, default));
        if (!TakeClaims(session, commit))
            return (false, new CommitResult(CommitOutcome.ClaimTaken, default));
        var sequence = session.Number(Statements.NextSequence)!.Value;
        session.Execute(Statements.AddCommit, ("@sequence", sequence), ("@id", commit.Id), ("@set", commit.Set.Value));
        Put(session, commit, sequence);
        Delete(session, commit, sequence);
        audit.AppendOwn(session, sequence, commit.Audit);
        return (true, new CommitResult(CommitOutcome.Committed, new FeedPosition(epoch, sequence, commit.Id)));
    }

    private static bool IsCurrent(SqliteSession session, SetId set, Expectation read) =>
        read.Revision == (session.Number(Statements.Revision, ("@set", set.Value), ("@kind", read.Key.Kind), ("@name", read.Key.Name)) ?? 0);

    private bool TakeClaims(SqliteSession session, Commit commit)
    {
        if (commit.Claims.Count == 0)
            return true;
        session.Execute(Statements.PurgeClaims, ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
        return commit.Claims.All(claim => session.Execute(
            Statements.AddClaim,
            ("@set", commit.Set.Value), ("@value", claim.Value), ("@expires", claim.ExpiresAt.ToUnixTimeMilliseconds())) == 1);
    }

    private static void Put(SqliteSession session, Commit commit, long sequence)
    {
        if (commit.Puts.Count > 0)
            session.Execute(Statements.AddSet, ("@set", commit.Set.Value));
        for (var i = 0; i < commit.Puts.Count; i++)
        {
            var (key, body) = commit.Puts[i];
            var bytes = StoredBytes.Of(body);
            session.Execute(
                Statements.PutDocument,
                ("@set", commit.Set.Value), ("@kind", key.Kind), ("@name", key.Name), ("@revision", sequence), ("@body", bytes));
            AddChange(session, sequence, i, key, bytes);
        }
    }

    private static void Delete(SqliteSession session, Commit commit, long sequence)
    {
        for (var i = 0; i < commit.Deletes.Count; i++)
        {
            var key = commit.Deletes[i];
            session.Execute(Statements.DeleteDocument, ("@set", commit.Set.Value), ("@kind", key.Kind), ("@name", key.Name));
            AddChange(session, sequence, commit.Puts.Count + i, key, DBNull.Value);
        }
    }

    private static void AddChange(SqliteSession session, long sequence, int ordinal, DocumentKey key, object body) =>
        session.Execute(
            Statements.AddChange,
            ("@sequence", sequence), ("@ordinal", (long)ordinal), ("@kind", key.Kind), ("@name", key.Name), ("@body", body));
}
