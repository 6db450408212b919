using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Audit;

/// <summary>A store in memory of which only the audit half exists, and which can be away or lose an answer.</summary>
internal sealed class AuditOnlyStore : IStore
{
    private readonly Dictionary<string, long> _watermarks = [];
    private readonly List<string> _events = [];

    public volatile bool IsAway;
    public volatile bool LosesNextAnswer;

    public int LargestBatch { get; private set; }

    public int Calls { get; private set; }

    public string[] Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    public void SetWatermark(string node, long watermark) => _watermarks[node] = watermark;

    /// <summary>The store is put back: it has the first events only.</summary>
    public void PutBack(string node, int events)
    {
        lock (_events)
        {
            _watermarks[node] = events;
            _events.RemoveRange(events, _events.Count - events);
        }
    }

    public ValueTask<Appended> AppendAuditAsync(string node, long after, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        Calls++;
        ThrowIfAway();
        lock (_events)
        {
            var watermark = _watermarks.GetValueOrDefault(node);
            var isWritten = watermark == after && entries.Count > 0;
            foreach (var entry in isWritten ? entries : [])
                (watermark, _) = (entry.Sequence, Keep(entry.Event));
            _watermarks[node] = watermark;
            LargestBatch = Math.Max(LargestBatch, entries.Count);
            if (!LosesNextAnswer)
                return new(new Appended(watermark, isWritten));
        }
        LosesNextAnswer = false;
        throw new StoreUnavailableException("The connection was cut.");
    }

    public ValueTask<long> AuditWatermarkAsync(string node, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return new(_watermarks.GetValueOrDefault(node));
    }

    private bool Keep(AuditEvent e)
    {
        _events.Add(e.EventId);
        return true;
    }

    private void ThrowIfAway()
    {
        if (IsAway)
            throw new StoreUnavailableException("The store is away.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public ValueTask<DocumentSet?> LoadAsync(SetId set, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<FeedPosition?> FindCommitAsync(string commitId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<FeedPosition> HeadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<Change> ChangesAfterAsync(FeedPosition position, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<AuditPage> FindAuditAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        Assert.Equal(AuditAttribute.EventId, query.Attribute);
        lock (_events)
            return new(new AuditPage(_events.Contains(query.Value) ? [AuditSamples.Event(0)] : [], null));
    }

    public ValueTask<IReadOnlyList<AccountId>> AccountsWithAuditBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<int> PurgeAuditAsync(AccountId account, DateTimeOffset before, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask MarkUsedAsync(IReadOnlyList<LastUsed> marks, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<LastUsed?> FindLastUsedAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask NoteSightingsAsync(IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Sighting>> FindSightingsAsync(SightingQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<DateTimeOffset> ReportNodeAsync(NodeReport report, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<NodeList> NodesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask RemoveNodeAsync(string node, CancellationToken cancellationToken) => throw new NotSupportedException();
}
