using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Audit;

/// <summary>
/// Searches the trail in the store, after this node's journal has brought there all that it answered before: a caller finds its own calls at
/// once. Called by: the pipeline, for LookupEvents.
/// </summary>
internal sealed class TrailReader(AuditShipper shipper, IStore store, TimeProvider time) : ITrailReader
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public async ValueTask<AuditPage?> FindAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await store.FindAuditAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidCursorException)
        {
            return null;
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
