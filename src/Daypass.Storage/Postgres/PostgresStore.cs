using System.Runtime.CompilerServices;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>
/// The store of many nodes: a PostgreSQL database, or one that speaks its protocol. Owns the connections, this node's one writer and its
/// ear for news. Every node has one; nothing but the database lies between them.
/// </summary>
internal sealed class PostgresStore : IStore
{
    private readonly PostgresPool _pool;
    private readonly PostgresWriter _writer;
    private readonly PostgresAudit _audit;
    private readonly PostgresNews? _news;

    private PostgresStore(PostgresServers servers, TimeProvider time, bool hasNews)
    {
        _pool = new PostgresPool(servers);
        _writer = new PostgresWriter(_pool, time, hasNews);
        _audit = new PostgresAudit(_pool);
        Digests = new PostgresDigests(_pool);
        _news = hasNews ? new PostgresNews(servers, () => News?.Invoke()) : null;
    }

    public event Action? News;

    public IDigestStore Digests { get; }

    /// <summary>
    /// Opens the store of a database, which must exist. An older schema is brought to this version. <paramref name="time"/> decides when
    /// claims expire.
    /// </summary>
    /// <param name="connectionString">As Npgsql has it; several hosts are tried for the one that is primary.</param>
    /// <param name="init">Whether an empty database may be given a schema.</param>
    /// <exception cref="StoreUnavailableException">It cannot be reached, is empty, or is of a newer version.</exception>
    public static async Task<PostgresStore> OpenAsync(string connectionString, bool init, TimeProvider time, CancellationToken cancellationToken)
    {
        var servers = PostgresSettings.Servers(connectionString);
        try
        {
            await using var connection = await servers.OpenAsync(cancellationToken).ConfigureAwait(false);
            await PostgresMigrations.ApplyAsync(connection, init, cancellationToken).ConfigureAwait(false);
            var hasNews = await PostgresNews.IsSupportedAsync(connection, cancellationToken).ConfigureAwait(false);
            return new PostgresStore(servers, time, hasNews);
        }
        catch (Exception e)
        {
            await servers.DisposeAsync().ConfigureAwait(false);
            if (PostgresErrors.IsFailure(e))
                throw PostgresErrors.Unavailable(e);
            throw;
        }
    }

    public ValueTask<DocumentSet?> LoadAsync(SetId set, CancellationToken cancellationToken) =>
        set == SetId.Installation
            // Everybody waits for this one, so it waits for nobody's.
            ? _pool.RunAsync(connection => LoadAsync(connection, set, cancellationToken), cancellationToken)
            : _pool.LoadAsync(connection => LoadAsync(connection, set, cancellationToken), cancellationToken);

    public async ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        StoredText.Check(commit);
        return await _writer.WriteAsync(commit, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<FeedPosition?> FindCommitAsync(string commitId, CancellationToken cancellationToken)
    {
        var sequences = await AllAsync(Statements.CommitById, row => row.GetInt64(0), cancellationToken, ("@id", commitId)).ConfigureAwait(false);
        if (sequences.Count == 0)
            return null;
        return await HeadAsync(cancellationToken).ConfigureAwait(false) with { Sequence = sequences[0], Commit = commitId };
    }

    public async ValueTask<FeedPosition> HeadAsync(CancellationToken cancellationToken) =>
        (await AllAsync(Statements.Head, Rows.Position, cancellationToken).ConfigureAwait(false))[0];

    public async IAsyncEnumerable<Change> ChangesAfterAsync(FeedPosition position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long? end = null; end is null || position.Sequence < end;)
        {
            var from = position;
            var (head, changes) = await _pool.RunAsync(connection => ChangesAsync(connection, from, cancellationToken), cancellationToken).ConfigureAwait(false);
            end ??= head.Sequence;
            if (changes.Count == 0)
                yield break;
            foreach (var change in changes)
            {
                yield return change;
                position = change.Position;
            }
        }
    }

    public ValueTask<Appended> AppendAuditAsync(string node, long after, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        _audit.AppendAsync(node, after, entries, cancellationToken);

    public async ValueTask<long> AuditWatermarkAsync(string node, CancellationToken cancellationToken) =>
        (await AllAsync(Statements.Watermark, row => row.GetInt64(0), cancellationToken, ("@node", node)).ConfigureAwait(false)).FirstOrDefault();

    public ValueTask<AuditPage> FindAuditAsync(AuditQuery query, CancellationToken cancellationToken) => _audit.FindAsync(query, cancellationToken);

    public async ValueTask<IReadOnlyList<AccountId>> AccountsWithAuditBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken) => await AllAsync(
        AuditPurge.SqlOfAccounts, row => AccountId.Of(row.GetInt64(0)), cancellationToken, ("@before", before.ToUnixTimeMilliseconds())).ConfigureAwait(false);

    public ValueTask<int> PurgeAuditAsync(AccountId account, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        _pool.RunAsync(connection => PostgresAuditPurge.RunAsync(connection, account, before, most, cancellationToken), cancellationToken);

    public async ValueTask MarkUsedAsync(IReadOnlyList<LastUsed> marks, CancellationToken cancellationToken)
    {
        if (marks.Count > 0)
            await _pool.RunAsync(connection => PostgresMarks.WriteAsync(connection, marks, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<LastUsed?> FindLastUsedAsync(string id, CancellationToken cancellationToken) =>
        (await _pool.SearchAsync(connection => connection.AllAsync(Statements.LastUsed, Rows.LastUsed, [("@id", id)], cancellationToken), cancellationToken).ConfigureAwait(false))
            .FirstOrDefault();

    public async ValueTask NoteSightingsAsync(IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken)
    {
        if (sightings.Count == 0)
            return;
        await _pool.RunAsync(connection => PostgresSightings.MergeAsync(connection, sightings, cancellationToken), cancellationToken).ConfigureAwait(false);
        await _pool.RunAsync(connection => PostgresSightings.ForgetAsync(connection, sightings, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<Sighting>> FindSightingsAsync(SightingQuery query, CancellationToken cancellationToken)
    {
        var (sql, values) = SightingStatements.Of(query);
        return await _pool.SearchAsync(connection => connection.AllAsync(sql, Rows.Sighting, values, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<DateTimeOffset> ReportNodeAsync(NodeReport report, CancellationToken cancellationToken) =>
        _pool.RunAsync(connection => PostgresNodes.ReportAsync(connection, report, cancellationToken), cancellationToken);

    public ValueTask<NodeList> NodesAsync(CancellationToken cancellationToken) =>
        _pool.SearchAsync(connection => PostgresNodes.ListAsync(connection, cancellationToken), cancellationToken);

    public async ValueTask RemoveNodeAsync(string node, CancellationToken cancellationToken) =>
        await AllAsync(Statements.RemoveNode, _ => true, cancellationToken, ("@node", node)).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        if (_news is not null)
            await _news.DisposeAsync().ConfigureAwait(false);
        await _pool.DisposeAsync().ConfigureAwait(false);
    }

    private ValueTask<List<T>> AllAsync<T>(
        string sql, Func<System.Data.Common.DbDataReader, T> map, CancellationToken cancellationToken, params (string, object)[] values) =>
        _pool.RunAsync(connection => connection.AllAsync(sql, map, values, cancellationToken), cancellationToken);

    private static async ValueTask<DocumentSet?> LoadAsync(NpgsqlConnection connection, SetId set, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(PostgresCommands.BeginSnapshot);
        batch.AddNamed(Statements.SetExists, ("@set", set.Value));
        batch.AddNamed(Statements.Head);
        batch.AddNamed(Statements.Documents, ("@set", set.Value));
        batch.Add(PostgresCommands.Commit);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var exists = (await rows.AllAsync(_ => true, cancellationToken).ConfigureAwait(false)).Count > 0;
        var head = (await rows.NextAsync(Rows.Position, cancellationToken).ConfigureAwait(false))[0];
        var documents = await rows.NextAsync(Rows.Document, cancellationToken).ConfigureAwait(false);
        return exists ? new DocumentSet(set, head, documents) : null;
    }

    private static async ValueTask<(FeedPosition Head, List<Change> Changes)> ChangesAsync(
        NpgsqlConnection connection, FeedPosition position, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(PostgresCommands.BeginSnapshot);
        batch.AddNamed(Statements.Head);
        batch.AddNamed(Statements.CommitAt, ("@sequence", position.Sequence));
        batch.AddNamed(Statements.Changes, ("@after", position.Sequence), ("@until", position.Sequence + FeedReads.ChangesAtOnce));
        batch.Add(PostgresCommands.Commit);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var head = (await rows.AllAsync(Rows.Position, cancellationToken).ConfigureAwait(false))[0];
        FeedReads.Check(position, head, (await rows.NextAsync(row => row.GetString(0), cancellationToken).ConfigureAwait(false)).FirstOrDefault());
        var changes = new ChangeRows(head.Epoch);
        await rows.NextAsync(row => { changes.Add(row); return true; }, cancellationToken).ConfigureAwait(false);
        return (head, changes.All);
    }
}
