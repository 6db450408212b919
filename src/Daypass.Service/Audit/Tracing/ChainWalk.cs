using Daypass.Names;

namespace Daypass.Service.Audit.Tracing;

/// <summary>
/// Goes back from an event to the credential that began it all: each session's key id stands in the record of the call that issued it, at the second
/// that the session says it was issued in. So every step is one search in a window of a second. Called by: <see cref="TrailReader"/>.
/// </summary>
internal sealed class ChainWalk(Func<AuditQuery, CancellationToken, ValueTask<AuditPage>> find)
{
    /// <summary>Longer than any chain of sessions can be, with room for what is damaged.</summary>
    private const int MostHops = 32;
    private const int MostPages = 1_000;
    private static readonly TimeSpan RestOfSecond = TimeSpan.FromTicks(TimeSpan.TicksPerSecond - 1);

    public async ValueTask<EventChain?> FollowAsync(AccountId reader, string eventId, CancellationToken cancellationToken)
    {
        var query = new AuditQuery { Account = reader, Attribute = AuditAttribute.EventId, Value = eventId, PageSize = 1 };
        if (await FindAsync(query, found => found.Event.EventId == eventId, cancellationToken) is not { } traced)
            return null;
        var hops = new List<ChainHop>();
        var held = await CallersViewAsync(traced, cancellationToken);
        while (held is { IsOwnersView: false, SessionIssued: { } issued } && hops.Count < MostHops)
        {
            var by = await FindIssueAsync(held, issued, cancellationToken);
            var to = by is null ? null : await CallersViewAsync(by, cancellationToken);
            hops.Add(new ChainHop(held, to, by));
            if (to is null)
                return new EventChain { Traced = traced, Hops = hops, IsComplete = false };
            held = to;
        }
        hops.Add(new ChainHop(held, null, null));
        return new EventChain { Traced = traced, Hops = hops, IsComplete = held is { IsOwnersView: false, SessionIssued: null } };
    }

    private ValueTask<TrailRecord?> FindIssueAsync(TrailRecord held, DateTimeOffset issued, CancellationToken cancellationToken)
    {
        var query = new AuditQuery
        {
            Account = held.Caller, Attribute = AuditAttribute.ResourceName, Value = held.AccessKeyId ?? "", From = issued, Until = issued + RestOfSecond, PageSize = 50,
        };
        // Not by the resource alone: other calls may name one as they like.
        return FindAsync(query, found => found.IssuedAccessKeyId is { } issuedKey && issuedKey == held.AccessKeyId, cancellationToken);
    }

    /// <summary>The record of the same call in the trail of who called, or the given one where that is it or the other cannot be found.</summary>
    private async ValueTask<TrailRecord> CallersViewAsync(TrailRecord seen, CancellationToken cancellationToken)
    {
        if (!seen.IsOwnersView || seen.SharedEventId is not { } shared)
            return seen;
        // Both are of the same moment, to the millisecond.
        var query = new AuditQuery
        {
            Account = seen.Caller, Attribute = AuditAttribute.EventName, Value = seen.Event.EventName, From = seen.Event.Time, Until = seen.Event.Time, PageSize = 50,
        };
        return await FindAsync(query, found => found.SharedEventId == shared, cancellationToken) ?? seen;
    }

    // A page may be empty and have a next one.
    private async ValueTask<TrailRecord?> FindAsync(AuditQuery query, Func<TrailRecord, bool> isSought, CancellationToken cancellationToken)
    {
        for (var page = 0; page < MostPages; page++)
        {
            var found = await find(query, cancellationToken);
            foreach (var candidate in found.Events)
            {
                var record = new TrailRecord(candidate);
                if (isSought(record))
                    return record;
            }
            if (found.Next is not { } next)
                return null;
            query = query with { After = next };
        }
        return null;
    }
}
