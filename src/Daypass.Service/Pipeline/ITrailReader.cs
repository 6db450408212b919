using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Audit.Tracing;

namespace Daypass.Service.Pipeline;

/// <summary>Searches the trail for the actions that ask for it. The boundary between the pipeline and the store that holds the trail.</summary>
internal interface ITrailReader
{
    /// <summary>
    /// A page that has in it whatever was answered before the call; null when <see cref="AuditQuery.After"/> is not where a page ended.
    /// </summary>
    /// <exception cref="Stores.StoreUnavailableException">The store does not answer, or does not yet have all there is.</exception>
    ValueTask<AuditPage?> FindAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>Every credential that led to an event of this account's trail; null when the trail has no such event.</summary>
    /// <exception cref="Stores.StoreUnavailableException">The store does not answer, or does not yet have all there is.</exception>
    ValueTask<EventChain?> TraceAsync(AccountId account, string eventId, CancellationToken cancellationToken);
}
