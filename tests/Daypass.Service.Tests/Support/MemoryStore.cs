using System.Runtime.CompilerServices;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Support;

/// <summary>
/// A store in memory: documents, revisions, the feed, and the trail with a cursor that is an index. It can be made to fail, to hang and to
/// begin another life at any call. What the engines promise is tested elsewhere; this is for what rests on it.
/// </summary>
internal sealed class MemoryStore : IStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SetId, Dictionary<DocumentKey, Document>> _sets = [];
    private readonly List<Change> _feed = [];
    private readonly List<AuditEvent> _trail = [];
    private readonly Dictionary<string, long> _watermarks = [];
    private readonly Dictionary<string, FeedPosition> _commits = [];
    private string _epoch = "test";
    private readonly Dictionary<string, NodeStatus> _nodes = [];
    private readonly Dictionary<(SetId, string), DateTimeOffset> _claims = [];
    private readonly Dictionary<(AccountId, string, string), Sighting> _sightings = [];
    private int _feedReads;
    private int _loads;

    public event Action? News;

    /// <summary>Whether only one node may use it, as with SQLite. Off: several directory caches may.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>Whether commits are hinted at. Off: hints are lost, and only looking at the feed tells.</summary>
    public bool HasNews { get; set; } = true;

    /// <summary>Awaited by every call before the store does anything, with what is called; what it throws, the caller gets.</summary>
    public Func<string, Task> OnCall { get; set; } = _ => Task.CompletedTask;

    /// <summary>What the store's clock shows more than this machine's.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>What claims expire by.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

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

    /// <summary>How often sets were loaded.</summary>
    public int Loads => Volatile.Read(ref _loads);

    /// <summary>
    /// Goes back to an earlier sequence: with another epoch, as a restore does; or with the same, as a failover that lost commits does.
    /// </summary>
    public void GoBack(int untilSequence, string? epoch = null)
    {
        lock (_lock)
        {
            var kept = _feed.Take(untilSequence).ToList();
            _epoch = epoch ?? _epoch;
            _sets.Clear();
            _feed.Clear();
            _commits.Clear();
            foreach (var change in kept)
                Write(change.Position.Commit, change.Set, change.Puts, change.Deletes);
        }
    }

    /// <summary>Forgets which values were used, as a restored store does for those after its backup.</summary>
    public void ForgetClaims()
    {
        lock (_lock)
            _claims.Clear();
    }

    /// <summary>Forgets events of the trail, as one does that are too old.</summary>
    public void Forget(Predicate<AuditEvent> which)
    {
        lock (_lock)
            _trail.RemoveAll(which);
    }

    /// <summary>How often the feed was looked at.</summary>
    public int FeedReads => Volatile.Read(ref _feedReads);

    public async ValueTask<DocumentSet?> LoadAsync(SetId set, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        await OnCall("load");
        DocumentSet? loaded;
        lock (_lock)
            loaded = _sets.TryGetValue(set, out var documents) ? new DocumentSet(set, Head(), [.. documents.Values]) : null;
        await OnCall("loaded");
        return loaded;
    }

    public async ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        await OnCall("commit");
        BeforeCommit(commit);
        CommitResult result;
        lock (_lock)
            result = Apply(commit);
        if (result.Outcome == CommitOutcome.Committed)
        {
            if (HasNews)
                News?.Invoke();
            AfterCommit(commit);
        }
        return result;
    }

    public async ValueTask<FeedPosition> HeadAsync(CancellationToken cancellationToken)
    {
        await OnCall("head");
        lock (_lock)
            return Head();
    }

    public async IAsyncEnumerable<Change> ChangesAfterAsync(FeedPosition position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _feedReads);
        await Task.Yield();
        await OnCall("feed");
        List<Change> changes;
        lock (_lock)
        {
            if (position.Epoch != _epoch || position.Sequence > _feed.Count || HeadAt((int)position.Sequence).Commit != position.Commit)
                throw new EpochChangedException("The store was restored, or lost commits.");
            changes = _feed[(int)position.Sequence..];
        }
        foreach (var change in changes)
            yield return change;
    }

    public ValueTask<Appended> AppendAuditAsync(string node, long after, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var isWritten = _watermarks.GetValueOrDefault(node) == after && entries.Count > 0;
            foreach (var entry in isWritten ? entries : [])
            {
                _trail.Add(entry.Event);
                _watermarks[node] = entry.Sequence;
            }
            return ValueTask.FromResult(new Appended(_watermarks.GetValueOrDefault(node), isWritten));
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

    public ValueTask<FeedPosition?> FindCommitAsync(string commitId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult<FeedPosition?>(_commits.TryGetValue(commitId, out var position) ? position : null);
    }

    public ValueTask<IReadOnlyList<AccountId>> AccountsWithAuditBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<AccountId>>([.. _trail.Where(e => e.Time < before).Select(e => e.Account).Distinct()]);
    }

    public async ValueTask<int> PurgeAuditAsync(AccountId account, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        await OnCall("purge");
        lock (_lock)
        {
            var old = _trail.Where(e => e.Account == account && e.Time < before).OrderBy(e => e.Time).Take(most).ToList();
            old.ForEach(e => _trail.Remove(e));
            return old.Count;
        }
    }

    public ValueTask MarkUsedAsync(IReadOnlyList<LastUsed> marks, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<LastUsed?> FindLastUsedAsync(string id, CancellationToken cancellationToken) => ValueTask.FromResult<LastUsed?>(null);

    public async ValueTask NoteSightingsAsync(IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken)
    {
        await OnCall("note");
        lock (_lock)
        {
            foreach (var sighting in sightings)
            {
                var key = (sighting.Account, sighting.Subject, sighting.Certificate);
                _sightings[key] = _sightings.TryGetValue(key, out var held) ? held.With(sighting) : sighting;
            }
        }
    }

    public async ValueTask<IReadOnlyList<Sighting>> FindSightingsAsync(SightingQuery query, CancellationToken cancellationToken)
    {
        await OnCall("sightings");
        lock (_lock)
        {
            return [.. _sightings.Values.Where(each => each.Account == query.Account && (query.Subject is { } subject ? each.Subject == subject : string.CompareOrdinal(each.Subject, query.After) > 0))
                .GroupBy(each => each.Subject).OrderBy(group => group.Key, StringComparer.Ordinal).Take(query.Most).SelectMany(group => group.OrderBy(each => each.Certificate, StringComparer.Ordinal))];
        }
    }

    public ValueTask<DateTimeOffset> ReportNodeAsync(NodeReport report, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var shipped = report.ShippedUntil ?? _nodes.GetValueOrDefault(report.Node)?.Report.ShippedUntil;
            _nodes[report.Node] = new NodeStatus(report with { ShippedUntil = shipped }, Now);
            return ValueTask.FromResult(Now);
        }
    }

    public async ValueTask<NodeList> NodesAsync(CancellationToken cancellationToken)
    {
        await OnCall("nodes");
        lock (_lock)
            return new NodeList(Now, [.. _nodes.Values]);
    }

    public ValueTask RemoveNodeAsync(string node, CancellationToken cancellationToken)
    {
        lock (_lock)
            _nodes.Remove(node);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool IsSought(AuditEvent found, AuditQuery query) =>
        found.Account == query.Account && HasAttribute(found, query) && !(found.Time < query.From) && !(found.Time > query.Until);

    private static bool HasAttribute(AuditEvent found, AuditQuery query) => query.Attribute switch
    {
        AuditAttribute.None => true,
        AuditAttribute.EventId => found.EventId == query.Value,
        AuditAttribute.EventName => found.EventName == query.Value,
        AuditAttribute.Username => found.Username == query.Value,
        AuditAttribute.AccessKeyId => found.AccessKeyId == query.Value,
        AuditAttribute.ResourceType => found.Resources.Any(resource => resource.Type == query.Value),
        AuditAttribute.ResourceName => found.Resources.Any(resource => resource.Name == query.Value),
        _ => throw new NotSupportedException($"{query.Attribute}"),
    };

    private CommitResult Apply(Commit commit)
    {
        // The id before the reads: a commit that happened conflicts with itself.
        if (_commits.TryGetValue(commit.Id, out var stored))
            return new CommitResult(CommitOutcome.Committed, stored);
        if (commit.Epoch is { } epoch && epoch != _epoch)
            throw new EpochChangedException("The store was restored.");
        var documents = _sets.GetValueOrDefault(commit.Set);
        if (commit.Reads.Any(read => (documents?.GetValueOrDefault(read.Key)?.Revision ?? 0) != read.Revision))
            return new CommitResult(CommitOutcome.Conflict, Head());
        if (commit.Claims.Any(claim => _claims.TryGetValue((commit.Set, claim.Value), out var until) && until > Time.GetUtcNow()))
            return new CommitResult(CommitOutcome.ClaimTaken, Head());
        foreach (var claim in commit.Claims)
            _claims[(commit.Set, claim.Value)] = claim.ExpiresAt;
        var sequence = _feed.Count + 1;
        Write(commit.Id, commit.Set, [.. commit.Puts.Select(put => new Document(put.Key, sequence, put.Body))], commit.Deletes);
        _trail.AddRange(commit.Audit);
        return new CommitResult(CommitOutcome.Committed, Head());
    }

    private void Write(string commit, SetId set, IReadOnlyList<Document> puts, IReadOnlyList<DocumentKey> deletes)
    {
        if (!_sets.TryGetValue(set, out var documents))
            _sets[set] = documents = [];
        foreach (var put in puts)
            documents[put.Key] = put;
        foreach (var key in deletes)
            documents.Remove(key);
        _feed.Add(new Change(_commits[commit] = new FeedPosition(_epoch, _feed.Count + 1, commit), set, puts, deletes));
    }

    private FeedPosition Head() => HeadAt(_feed.Count);

    private FeedPosition HeadAt(int sequence) => sequence == 0 ? new FeedPosition(_epoch, 0) : _feed[sequence - 1].Position;

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds((TimeProvider.System.GetUtcNow() + ClockAhead).ToUnixTimeMilliseconds());
}
