using System.Diagnostics;
using System.Runtime.CompilerServices;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Server.Telemetry;

/// <summary>
/// A store that counts and times the calls to another, notices when it goes away and comes back, and shows the calls in traces. Changes
/// nothing of what the other does.
/// </summary>
internal sealed class MeasuredStore(IStore store, StoreMetrics metrics) : IStore
{
    private readonly StoreCall _load = metrics.Call("load", metrics.Reading);
    private readonly StoreCall _commit = metrics.Call("commit", metrics.Writing);
    private readonly StoreCall _findCommit = metrics.Call("find_commit", metrics.Reading);
    private readonly StoreCall _head = metrics.Call("head", metrics.Reading);
    private readonly StoreCall _changes = metrics.Call("changes", metrics.Reading);
    private readonly StoreCall _appendAudit = metrics.Call("append_audit", metrics.Writing);
    private readonly StoreCall _auditWatermark = metrics.Call("audit_watermark", metrics.Reading);
    private readonly StoreCall _findAudit = metrics.Call("find_audit", metrics.Reading);
    private readonly StoreCall _purgeAudit = metrics.Call("purge_audit", metrics.Writing);
    private readonly StoreCall _markUsed = metrics.Call("mark_used", metrics.Writing);
    private readonly StoreCall _findLastUsed = metrics.Call("find_last_used", metrics.Reading);
    private readonly StoreCall _noteSightings = metrics.Call("note_sightings", metrics.Writing);
    private readonly StoreCall _findSightings = metrics.Call("find_sightings", metrics.Reading);
    private readonly StoreCall _reportNode = metrics.Call("report_node", metrics.Writing);
    private readonly StoreCall _nodes = metrics.Call("nodes", metrics.Reading);
    private readonly StoreCall _removeNode = metrics.Call("remove_node", metrics.Writing);

    public event Action? News
    {
        add => store.News += value;
        remove => store.News -= value;
    }

    public bool IsExclusive => store.IsExclusive;

    // Beside all requests, and rare.
    public IDigestStore Digests => store.Digests;

    public ValueTask<DocumentSet?> LoadAsync(SetId set, CancellationToken cancellationToken) =>
        MeasureAsync(_load, () => store.LoadAsync(set, cancellationToken));

    public async ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        try
        {
            var result = await MeasureAsync(_commit, () => store.CommitAsync(commit, cancellationToken));
            metrics.CountCommit(result.Outcome);
            return result;
        }
        catch (StoreUnavailableException)
        {
            metrics.CountCommit(null);
            throw;
        }
    }

    public ValueTask<FeedPosition?> FindCommitAsync(string commitId, CancellationToken cancellationToken) =>
        MeasureAsync(_findCommit, () => store.FindCommitAsync(commitId, cancellationToken));

    public ValueTask<FeedPosition> HeadAsync(CancellationToken cancellationToken) => MeasureAsync(_head, () => store.HeadAsync(cancellationToken));

    public async IAsyncEnumerable<Change> ChangesAfterAsync(FeedPosition position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var span = _changes.StartSpan();
        var started = Stopwatch.GetTimestamp();
        await using var changes = store.ChangesAfterAsync(position, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(changes, started))
            yield return changes.Current;
        _changes.Succeeded(started);
    }

    public ValueTask<Appended> AppendAuditAsync(string node, long after, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        MeasureAsync(_appendAudit, () => store.AppendAuditAsync(node, after, entries, cancellationToken));

    public ValueTask<long> AuditWatermarkAsync(string node, CancellationToken cancellationToken) =>
        MeasureAsync(_auditWatermark, () => store.AuditWatermarkAsync(node, cancellationToken));

    public ValueTask<AuditPage> FindAuditAsync(AuditQuery query, CancellationToken cancellationToken) =>
        MeasureAsync(_findAudit, () => store.FindAuditAsync(query, cancellationToken));

    public ValueTask<IReadOnlyList<AccountId>> AccountsWithAuditBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        MeasureAsync(_purgeAudit, () => store.AccountsWithAuditBeforeAsync(before, cancellationToken));

    public ValueTask<int> PurgeAuditAsync(AccountId account, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        MeasureAsync(_purgeAudit, () => store.PurgeAuditAsync(account, before, most, cancellationToken));

    public async ValueTask MarkUsedAsync(IReadOnlyList<LastUsed> marks, CancellationToken cancellationToken) =>
        await MeasureAsync(_markUsed, async () =>
        {
            await store.MarkUsedAsync(marks, cancellationToken);
            return true;
        });

    public ValueTask<LastUsed?> FindLastUsedAsync(string id, CancellationToken cancellationToken) =>
        MeasureAsync(_findLastUsed, () => store.FindLastUsedAsync(id, cancellationToken));

    public async ValueTask NoteSightingsAsync(IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken) =>
        await MeasureAsync(_noteSightings, async () =>
        {
            await store.NoteSightingsAsync(sightings, cancellationToken);
            return true;
        });

    public ValueTask<IReadOnlyList<Sighting>> FindSightingsAsync(SightingQuery query, CancellationToken cancellationToken) =>
        MeasureAsync(_findSightings, () => store.FindSightingsAsync(query, cancellationToken));

    public ValueTask<DateTimeOffset> ReportNodeAsync(NodeReport report, CancellationToken cancellationToken) =>
        MeasureAsync(_reportNode, () => store.ReportNodeAsync(report, cancellationToken));

    public ValueTask<NodeList> NodesAsync(CancellationToken cancellationToken) => MeasureAsync(_nodes, () => store.NodesAsync(cancellationToken));

    public async ValueTask RemoveNodeAsync(string node, CancellationToken cancellationToken) =>
        await MeasureAsync(_removeNode, async () =>
        {
            await store.RemoveNodeAsync(node, cancellationToken);
            return true;
        });

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static async ValueTask<T> MeasureAsync<T>(StoreCall call, Func<ValueTask<T>> work)
    {
        using var span = call.StartSpan();
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await work();
            call.Succeeded(started);
            return result;
        }
        catch (Exception reason)
        {
            call.Failed(reason, started);
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<Change> changes, long started)
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (Exception reason)
        {
            _changes.Failed(reason, started);
            throw;
        }
    }
}
