using Daypass.Names;
using Daypass.Service.Audit.Tracing;
using Daypass.Service.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Audit;

/// <summary>
/// Searches the trail in the store, after all that was answered before the call has come there: from this node's journal and, where nodes
/// share a store, from those of the others. What a missing node still has is named, never passed over in silence. Called by: the pipeline, for
/// LookupEvents and TraceEvent.
/// </summary>
internal sealed class TrailReader(AuditShipper shipper, IStore store, Func<string> self, TimeProvider time) : ITrailReader
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWaitForOthers = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly SharedNodeList _nodes = new(store, time);

    public async ValueTask<AuditPage?> FindAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var missing = await WaitForAllAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await store.FindAuditAsync(query, cancellationToken).ConfigureAwait(false) with { MissingNodes = missing };
        }
        catch (InvalidCursorException)
        {
            return null;
        }
    }

    public async ValueTask<EventChain?> TraceAsync(AccountId account, string eventId, CancellationToken cancellationToken)
    {
        var missing = await WaitForAllAsync(cancellationToken).ConfigureAwait(false);
        var chain = await new ChainWalk(store.FindAuditAsync).FollowAsync(account, eventId, cancellationToken).ConfigureAwait(false);
        return chain is null ? null : chain with { MissingNodes = missing };
    }

    /// <summary>Waits until what was answered before this call is in the store. Returns the nodes that it may be missing of.</summary>
    public async Task<IReadOnlyList<NodeReport>> WaitForAllAsync(CancellationToken cancellationToken)
    {
        var asked = store.IsExclusive ? null : await _nodes.ReadAsync(cancellationToken).ConfigureAwait(false);
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        return asked is null ? [] : await WaitForOthersAsync(asked.Now, cancellationToken).ConfigureAwait(false);
    }

    // Only while a node that is behind lives: one that is missing would keep every lookup waiting until it is forgotten.
    private async Task<IReadOnlyList<NodeReport>> WaitForOthersAsync(DateTimeOffset asked, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var list = await _nodes.ReadAsync(cancellationToken).ConfigureAwait(false);
            var behind = list.Nodes.Where(node => node.Report.Node != self() && !node.HasShippedSince(asked, list.Now)).ToList();
            if (!behind.Any(node => node.IsLive(list.Now)) || time.GetElapsedTime(started) >= LongestWaitForOthers)
                return [.. behind.Select(node => node.Report)];
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A trail with a hole at its newest end would look complete, so it is not shown.
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LongestWait, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await shipper.DrainAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException("The store has not taken the newest audit events yet.", shipper.Failure);
        }
    }
}
