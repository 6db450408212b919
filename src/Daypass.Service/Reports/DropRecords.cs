using Daypass.Names;
using Daypass.Reports;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Reports;

/// <summary>The record that events are missing: how many of which service, between when and when. In the trails that they are missing from.</summary>
internal static class DropRecords
{
    public const string EventName = "DataEventsDropped";

    public static IEnumerable<AuditEvent> Of(ReportedDrop drop, ReportTicket ticket, Reporter reporter, Scene scene)
    {
        yield return Make(drop, ticket, ticket.Account, reporter, scene);
        if (reporter.Origin.Account != ticket.Account)
            yield return Make(drop, ticket, reporter.Origin.Account, reporter, scene);
    }

    private static AuditEvent Make(ReportedDrop drop, ReportTicket ticket, AccountId trail, Reporter reporter, Scene scene) => new ServiceEvent
    {
        Trail = trail,
        At = scene.Now,
        Name = EventName,
        Source = reporter.EventSource,
        InvokedBy = reporter.EventSource,
        ActsFor = ticket.Account.ToString(),
        Details = json =>
        {
            json.WriteNumber("droppedEvents", drop.Count);
            json.WriteString("from", DataRecords.Format(DateTimeOffset.FromUnixTimeMilliseconds(drop.From)));
            json.WriteString("until", DataRecords.Format(DateTimeOffset.FromUnixTimeMilliseconds(drop.Until)));
            json.WriteStartObject("reportedBy");
            DataRecords.WriteReporter(json, reporter, scene);
            json.WriteEndObject();
        },
    }.Make(scene.Entropy);
}
