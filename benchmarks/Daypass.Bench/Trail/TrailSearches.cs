using System.Diagnostics;
using Daypass.Bench.Load;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Bench.Trail;

/// <summary>One line: times in microseconds of first pages, and of pages far behind them.</summary>
internal sealed record Searched(string Name, int Found, Histogram First, Histogram? Deep);

/// <summary>The searches, each by itself: the first page of many time ranges' ends, then pages from the middle of the trail on.</summary>
internal sealed class TrailSearches(IStore store, TrailSettings settings, string knownEventId)
{
    private static readonly string Role = TrailEvents.RoleArn(TrailEvents.Large, 42);

    public async Task<IReadOnlyList<Searched>> RunAsync()
    {
        var all = new List<Searched>();
        foreach (var (name, attribute, value, isSmall) in Cases())
            all.Add(await MeasureAsync(name, new AuditQuery { Account = isSmall ? TrailEvents.Small : TrailEvents.Large, Attribute = attribute, Value = value, PageSize = 50, From = TrailEvents.Start, Until = TrailEvents.End }));
        return all;
    }

    private IEnumerable<(string Name, AuditAttribute Attribute, string Value, bool IsSmall)> Cases() =>
    [
        ("no attribute", AuditAttribute.None, "", false),
        ("EventId", AuditAttribute.EventId, knownEventId, false),
        ("EventId that no event has", AuditAttribute.EventId, "00000000-0000-4000-8000-000000000000", false),
        ("EventName of nearly every event", AuditAttribute.EventName, "AssumeRole", false),
        ("EventName of one in a million", AuditAttribute.EventName, "DeleteTrail", false),
        ("EventName that no event has", AuditAttribute.EventName, "StopLogging", false),
        ("ReadOnly true: nearly every event", AuditAttribute.ReadOnly, "true", false),
        ("ReadOnly false: one in a thousand", AuditAttribute.ReadOnly, "false", false),
        ("EventSource of nearly every event", AuditAttribute.EventSource, "sts.amazonaws.com", false),
        ("Username of one in a thousand", AuditAttribute.Username, "builder-0123", false),
        ("Username of one in a million", AuditAttribute.Username, "somebody", false),
        ("AccessKeyId of one in a thousand", AuditAttribute.AccessKeyId, "AKIAEXAMPLEBUILD0123", false),
        ("ResourceType of every event", AuditAttribute.ResourceType, "AWS::IAM::Role", false),
        ("ResourceName of one in a hundred", AuditAttribute.ResourceName, Role, false),
        ("small account, no attribute", AuditAttribute.None, "", true),
        ("small account, EventName of nearly every event", AuditAttribute.EventName, "AssumeRole", true),
        ("small account, ResourceName that only the large one has", AuditAttribute.ResourceName, Role, true),
    ];

    private async Task<Searched> MeasureAsync(string name, AuditQuery query)
    {
        var (first, deep, found) = (new Histogram(), new Histogram(), 0);
        await store.FindAuditAsync(query, CancellationToken.None);
        for (var i = 0; i < settings.Pages; i++)
            found = (await PageAsync(query with { Until = query.Attribute == AuditAttribute.EventId ? query.Until : TrailEvents.End.AddSeconds(-i) }, first)).Events.Count;
        query = query with { Until = TrailEvents.Start.AddDays(TrailEvents.Days / 2.0) };
        for (var i = 0; i < settings.Pages; i++)
        {
            var page = await PageAsync(query, deep);
            if (page.Next is null)
                break;
            query = query with { After = page.Next };
        }
        return new Searched(name, found, first, deep.Count == settings.Pages ? deep : null);
    }

    private async Task<AuditPage> PageAsync(AuditQuery query, Histogram times)
    {
        var start = Stopwatch.GetTimestamp();
        var page = await store.FindAuditAsync(query, CancellationToken.None);
        times.Add((long)Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        return page;
    }
}
