using System.Runtime.CompilerServices;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Support;

/// <summary>
/// A store in memory: documents, revisions, the feed, and the trail with a cursor that is an index. It can be made to fail before or after
/// a commit happens. What the engines promise is tested elsewhere; this is for what rests on it.
/// </summary>
internal sealed class MemoryStore : IStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SetId, Dictionary<DocumentKey, Document>> _sets = [];
    private readonly List<Change> _feed = [];
    private readonly List<AuditEvent> _trail = [];
    private readonly Dictionary<string, long> _watermarks = [];
    private int _feedReads;

    /// <summary>Called with each commit before it is looked at; what it throws, the caller gets.</summary>
    public Action<Commit> BeforeCommit { get; set; } = _ => { };

    /// <summary>Called with each commit that happened, before the caller hears of it.</summary>
    public Action<Commit> AfterCommit { get; set; } = _ => { };

    public IReadOnlyList<AuditEvent> Trail
    {
        get
        {
            lock (_lock)
                return [.. _trail];
        }
    }

    public int Commits => _feed.Count;

    /// <summary>How often the feed was looked at.</summary>
    public int FeedReads => Volatile.Read(ref _feedReads);

    public ValueTask<DocumentSet?> LoadAsync(SetId set, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(_sets.TryGetValue(set, out var documents) ? new DocumentSet(set, Head(), [.. documents.Values]) : null);
    }

    public ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        BeforeCommit(commit);
        CommitResult result;
        lock (_lock)
            result = Apply(commit);
        if (result.Outcome == CommitOutcome.Committed)
            AfterCommit(commit);
        return ValueTask.FromResult(result);
    }

    public ValueTask<FeedPosition> HeadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(Head());
    }

    public async IAsyncEnumerable<Change> ChangesAfterAsync(FeedPosition position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _feedReads);
        await Task.Yield();
        List<Change> changes;
        lock (_lock)
            changes = _feed[(int)position.Sequence..];
        foreach (var change in changes)
            yield return change;
    }

    public ValueTask<long> AppendAuditAsync(string node, long after, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var entry in _watermarks.GetValueOrDefault(node) == after ? entries : [])
            {
                _trail.Add(entry.Event);
                _watermarks[node] = entry.Sequence;
            }
            return ValueTask.FromResult(_watermarks.GetValueOrDefault(node));
        }
    }

    public ValueTask<long> AuditWatermarkAsync(string node, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(_watermarks.GetValueOrDefault(node));
    }

    /// <summary>Newest first, in pages; of the attributes only the event's name.</summary>
    public ValueTask<AuditPage> FindAuditAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var found = _trail.Where(found => IsSought(found, query)).Reverse().ToList();
            var start = query.After is null ? 0 : int.TryParse(query.After, out var after) ? after : throw new InvalidCursorException();
            var end = Math.Min(start + query.PageSize, found.Count);
            return ValueTask.FromResult(new AuditPage(found[start..end], end < found.Count ? $"{end}" : null));
        }
    }

    public ValueTask<FeedPosition?> FindCommitAsync(string commitId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask MarkUsedAsync(IReadOnlyList<LastUsed> marks, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<LastUsed?> FindLastUsedAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool IsSought(AuditEvent found, AuditQuery query) =>
        found.Account == query.Account && (query.Attribute != AuditAttribute.EventName || found.EventName == query.Value)
        && !(found.Time < query.From) && !(found.Time > query.Until);

    private CommitResult Apply(Commit commit)
    {
        if (!_sets.TryGetValue(commit.Set, out var documents))
            documents = [];
        if (commit.Reads.Any(read => (documents.GetValueOrDefault(read.Key)?.Revision ?? 0) != read.Revision))
            return new CommitResult(CommitOutcome.Conflict, Head());
        _sets[commit.Set] = documents;
        var position = new FeedPosition("test", _feed.Count + 1);
        List<Document> puts = [.. commit.Puts.Select(put => new Document(put.Key, position.Sequence, put.Body))];
        foreach (var put in puts)
            documents[put.Key] = put;
        foreach (var key in commit.Deletes)
            documents.Remove(key);
        _feed.Add(new Change(position, commit.Set, puts, commit.Deletes));
        _trail.AddRange(commit.Audit);
        return new CommitResult(CommitOutcome.Committed, position);
    }

    private FeedPosition Head() => new("test", _feed.Count);
}
