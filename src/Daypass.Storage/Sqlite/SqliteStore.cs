using System.Runtime.CompilerServices;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace Daypass.Storage.Sqlite;

/// <summary>
/// The store of one machine: a SQLite database in the data directory. Owns the directory's lock, the one writer and the readers. Reads
/// see only what is durable, as the writer's transaction becomes visible when it is flushed.
/// </summary>
internal sealed class SqliteStore : IStore
{
    private readonly DataDirectory _directory;
    private readonly SqliteSession _writing;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly SqliteAudit _audit = new();
    private readonly SqliteCommits _commits;
    private readonly TimeProvider _time;

    private SqliteStore(DataDirectory directory, SqliteSession session, TimeProvider time)
    {
        _directory = directory;
        _writing = session;
        _writer = new SqliteWriter(session);
        _readers = new SqliteReaders(directory.File);
        _commits = new SqliteCommits(_audit, time);
        _time = time;
        Digests = new SqliteDigests(_readers, _writer);
    }

    /// <summary>Opens the store of a data directory, making both if need be. <paramref name="time"/> decides when claims expire.</summary>
    /// <exception cref="StoreUnavailableException">Another server has it, it cannot be written, or it is of a newer version.</exception>
    public static SqliteStore Open(string dataDirectory, TimeProvider time)
    {
        var directory = DataDirectory.Open(Path.GetFullPath(dataDirectory));
        SqliteSession? session = null;
        try
        {
            session = new SqliteSession(directory.File, isReader: false);
            SqliteMigrations.Apply(session, directory.File);
            return new SqliteStore(directory, session, time);
        }
        catch (Exception e)
        {
            session?.Dispose();
            directory.Dispose();
            if (e is not SqliteException)
                throw;
            throw new StoreUnavailableException(
                $"The database {directory.File} cannot be opened ({e.Message.TrimEnd('.')}): restore a backup, or choose another with --data-dir.", e);
        }
    }

    /// <summary>The data directory's lock keeps every other process out.</summary>
    public bool IsExclusive => true;

    public IDigestStore Digests { get; }

    public ValueTask<DocumentSet?> LoadAsync(SetId set, CancellationToken cancellationToken) =>
        _readers.ReadAsync(session => Load(session, set), cancellationToken);

    public async ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        StoredText.Check(commit);
        return await _writer.WriteAsync(session => _commits.Apply(session, commit), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<FeedPosition?> FindCommitAsync(string commitId, CancellationToken cancellationToken) =>
        _readers.ReadAsync<FeedPosition?>(session => session.Number(Statements.CommitById, ("@id", commitId)) is { } sequence
            ? session.One(Statements.Head, Rows.Position) with { Sequence = sequence, Commit = commitId }
            : null, cancellationToken);

    public ValueTask<FeedPosition> HeadAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(session => session.One(Statements.Head, Rows.Position), cancellationToken);

    public async IAsyncEnumerable<Change> ChangesAfterAsync(FeedPosition position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = await _readers.ReadAsync(session => Check(session, position), cancellationToken).ConfigureAwait(false);
        for (var after = position.Sequence; after < head.Sequence; after += FeedReads.ChangesAtOnce)
        {
            var (from, until) = (after, Math.Min(after + FeedReads.ChangesAtOnce, head.Sequence));
            var changes = await _readers.ReadAsync(session => Changes(session, head.Epoch, from, until), cancellationToken).ConfigureAwait(false);
            foreach (var change in changes)
                yield return change;
        }
    }

    public async ValueTask<Appended> AppendAuditAsync(string node, long after, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        await _writer.WriteAsync(session => (true, _audit.Append(session, node, after, entries)), cancellationToken).ConfigureAwait(false);

    public ValueTask<long> AuditWatermarkAsync(string node, CancellationToken cancellationToken) =>
        _readers.ReadAsync(session => SqliteAudit.Watermark(session, node), cancellationToken);

    public ValueTask<AuditPage> FindAuditAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var search = new AuditSearch(query);
        return _readers.ReadAsync(session => SqliteAudit.Find(session, search), cancellationToken);
    }

    public ValueTask<IReadOnlyList<AccountId>> AccountsWithAuditBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        _readers.ReadAsync<IReadOnlyList<AccountId>>(
            session => session.All(AuditPurge.SqlOfAccounts, row => AccountId.Of(row.GetInt64(0)), ("@before", before.ToUnixTimeMilliseconds())), cancellationToken);

    public async ValueTask<int> PurgeAuditAsync(AccountId account, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        await _writer.WriteAsync(session => (true, SqliteAudit.Purge(session, account, before, most)), cancellationToken).ConfigureAwait(false);

    public async ValueTask MarkUsedAsync(IReadOnlyList<LastUsed> marks, CancellationToken cancellationToken) =>
        await _writer.WriteAsync(session => (true, Mark(session, marks)), cancellationToken).ConfigureAwait(false);

    public ValueTask<LastUsed?> FindLastUsedAsync(string id, CancellationToken cancellationToken) =>
        _readers.ReadAsync(session => session.One(Statements.LastUsed, Rows.LastUsed, ("@id", id)), cancellationToken);

    public async ValueTask NoteSightingsAsync(IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken) =>
        await _writer.WriteAsync(session => (true, SqliteSightings.Note(session, sightings)), cancellationToken).ConfigureAwait(false);

    public ValueTask<IReadOnlyList<Sighting>> FindSightingsAsync(SightingQuery query, CancellationToken cancellationToken) =>
        _readers.ReadAsync<IReadOnlyList<Sighting>>(session => SqliteSightings.Find(session, query), cancellationToken);

    public async ValueTask<DateTimeOffset> ReportNodeAsync(NodeReport report, CancellationToken cancellationToken) =>
        await _writer.WriteAsync(session => (true, SqliteNodes.Report(session, report, Now)), cancellationToken).ConfigureAwait(false);

    public ValueTask<NodeList> NodesAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(session => new NodeList(Now, session.All(Statements.Nodes, Rows.Node)), cancellationToken);

    public async ValueTask RemoveNodeAsync(string node, CancellationToken cancellationToken) =>
        await _writer.WriteAsync(session => (true, session.Execute(Statements.RemoveNode, ("@node", node))), cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync()
    {
        _readers.Dispose();
        _writer.Dispose();
        _audit.Dispose();
        _writing.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private static FeedPosition Check(SqliteSession session, FeedPosition position)
    {
        var head = session.One(Statements.Head, Rows.Position);
        FeedReads.Check(position, head, session.One(Statements.CommitAt, row => row.GetString(0), ("@sequence", position.Sequence)));
        return head;
    }

    private static List<Change> Changes(SqliteSession session, string epoch, long after, long until)
    {
        var changes = new ChangeRows(epoch);
        session.Each(Statements.Changes, changes.Add, ("@after", after), ("@until", until));
        return changes.All;
    }

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());

    private static DocumentSet? Load(SqliteSession session, SetId set)
    {
        if (session.Number(Statements.SetExists, ("@set", set.Value)) is null)
            return null;
        var head = session.One(Statements.Head, Rows.Position);
        return new DocumentSet(set, head, session.All(Statements.Documents, Rows.Document, ("@set", set.Value)));
    }

    private static int Mark(SqliteSession session, IReadOnlyList<LastUsed> marks)
    {
        foreach (var (id, at, region, service) in marks)
            session.Execute(Statements.MarkUsed, ("@id", id), ("@time", at.ToUnixTimeMilliseconds()), ("@region", region), ("@service", service));
        return marks.Count;
    }
}
