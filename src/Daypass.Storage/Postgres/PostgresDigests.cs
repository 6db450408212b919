using Daypass.Names;
using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>The trail in its order, and its digests, in a shared database.</summary>
internal sealed class PostgresDigests(PostgresPool pool) : IDigestStore
{
    // Numbers are given to batches before these are visible, so a batch may come late. Whoever has taken a number holds the row of its node, or
    // the feed's: when all of them were free once, every number below the next one is of a batch that is there, or never will be.
    // The rows come before the feed, so that commits wait only for each other; and once more at the end, as a node may have come in between:
    // a new one begins under the lock of the row that commits have.
    private const string LockNodes = "SELECT number FROM audit_nodes WHERE node <> $1 ORDER BY number FOR UPDATE";
    private const string LockGate = "SELECT number FROM audit_nodes WHERE node = $1 FOR UPDATE";
    private const string LockFeed = "SELECT sequence FROM feed_head FOR UPDATE";

    public ValueTask<long> HorizonAsync(CancellationToken cancellationToken) => pool.RunAsync(connection => HorizonAsync(connection, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<AccountId>> UnsealedAsync(AccountId after, int count, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<AccountId>>(async connection => await connection.AllAsync(DigestStatements.Unsealed, DigestStatements.Account, DigestStatements.Unseal(after, count), cancellationToken).ConfigureAwait(false), cancellationToken);

    public ValueTask<IReadOnlyList<OrderedEvent>> ReadAsync(AccountId account, long after, long until, int count, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<OrderedEvent>>(
            async connection => await connection.AllAsync(DigestStatements.Events, DigestStatements.Event, DigestStatements.Read(account, after, until, count), cancellationToken).ConfigureAwait(false), cancellationToken);

    public ValueTask<StoredDigest?> NewestAsync(AccountId account, CancellationToken cancellationToken) =>
        ReadAsync(
            async connection => (await connection.AllAsync(DigestStatements.Newest, DigestStatements.Digest, [("@account", account.Number)], cancellationToken).ConfigureAwait(false)).FirstOrDefault(),
            cancellationToken);

    public ValueTask<IReadOnlyList<StoredDigest>> DigestsAsync(AccountId account, long after, int count, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<StoredDigest>>(
            async connection => await connection.AllAsync(DigestStatements.After, DigestStatements.Digest, DigestStatements.List(account, after, count), cancellationToken).ConfigureAwait(false), cancellationToken);

    public async ValueTask<bool> AddAsync(StoredDigest digest, CancellationToken cancellationToken) =>
        await WriteAsync(DigestStatements.Add, DigestStatements.ValuesOf(digest), cancellationToken).ConfigureAwait(false) == 1;

    public async ValueTask<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await WriteAsync(DigestStatements.Purge, [("@before", before.ToUnixTimeMilliseconds())], cancellationToken).ConfigureAwait(false);

    private ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, ValueTask<T>> work, CancellationToken cancellationToken) => pool.SearchAsync(work, cancellationToken);

    // One statement, which may be done again: a digest of that number is there then.
    private ValueTask<int> WriteAsync(string sql, (string Name, object Value)[] values, CancellationToken cancellationToken) => pool.RunAsync(
        async connection =>
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.AddNamed(sql, values);
            return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    private static async ValueTask<long> HorizonAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(PostgresCommands.Begin);
        batch.Add(LockNodes, Statements.OwnNode);
        batch.Add(LockFeed);
        batch.Add(LockGate, Statements.OwnNode);
        batch.Add(LockNodes, Statements.OwnNode);
        batch.Add(PostgresAuditInsert.NextBatch);
        batch.Add(PostgresCommands.Commit);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await rows.AllAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < 3; i++)
            await rows.NextAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        var next = (await rows.NextAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
        return (next << PostgresAuditInsert.PlaceBits) - 1;
    }
}
