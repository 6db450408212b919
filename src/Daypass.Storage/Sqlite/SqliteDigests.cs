using Daypass.Names;
using Daypass.Service.Stores;
using Daypass.Storage.Sql;

namespace Daypass.Storage.Sqlite;

/// <summary>The trail in its order, and its digests, in the database of one machine. Its one writer numbers events as they become visible.</summary>
internal sealed class SqliteDigests(SqliteReaders readers, SqliteWriter writer) : IDigestStore
{
    public ValueTask<long> HorizonAsync(CancellationToken cancellationToken) =>
        readers.ReadAsync(session => session.Number("SELECT audit_sequence FROM feed_head")!.Value, cancellationToken);

    public ValueTask<IReadOnlyList<AccountId>> UnsealedAsync(AccountId after, int count, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<AccountId>>(session => session.All(DigestStatements.Unsealed, DigestStatements.Account, DigestStatements.Unseal(after, count)), cancellationToken);

    public ValueTask<IReadOnlyList<OrderedEvent>> ReadAsync(AccountId account, long after, long until, int count, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<OrderedEvent>>(
            session => session.All(DigestStatements.Events, DigestStatements.Event, DigestStatements.Read(account, after, until, count)), cancellationToken);

    public ValueTask<StoredDigest?> NewestAsync(AccountId account, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => session.One(DigestStatements.Newest, DigestStatements.Digest, ("@account", account.Number)), cancellationToken);

    public ValueTask<IReadOnlyList<StoredDigest>> DigestsAsync(AccountId account, long after, int count, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<StoredDigest>>(
            session => session.All(DigestStatements.After, DigestStatements.Digest, DigestStatements.List(account, after, count)), cancellationToken);

    public async ValueTask<bool> AddAsync(StoredDigest digest, CancellationToken cancellationToken) =>
        await writer.WriteAsync(session => (true, session.Execute(DigestStatements.Add, DigestStatements.ValuesOf(digest)) == 1), cancellationToken).ConfigureAwait(false);

    public async ValueTask<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await writer.WriteAsync(session => (true, (long)session.Execute(DigestStatements.Purge, ("@before", before.ToUnixTimeMilliseconds()))), cancellationToken).ConfigureAwait(false);
}
