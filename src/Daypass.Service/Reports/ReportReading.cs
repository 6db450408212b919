using Daypass.Names;
using Daypass.Reports;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Reports;

/// <summary>
/// A batch, read with distrust: what the tickets say counts, what the service says is checked for form and time, and stands in the record as
/// reported. One bad event refuses itself and no other.
/// </summary>
internal sealed class ReportReading
{
    private readonly List<AuditEvent> _events = [];
    private readonly List<RefusedEvent> _refused = [];

    private ReportReading()
    {
    }

    public IReadOnlyList<AuditEvent> Events => _events;

    public IReadOnlyList<RefusedEvent> Refused => _refused;

    /// <summary>How many of the batch's events are among <see cref="Events"/>, however many trails each stands in.</summary>
    public int Accepted { get; private set; }

    public static ReportReading Of(ReportBatch batch, Reporter reporter, Scene scene)
    {
        var reading = new ReportReading();
        var tickets = batch.Tickets.Select(scene.Vault.OpenTicket).ToArray();
        var trails = new ReportTrails(tickets.OfType<ReportTicket>().Where(ticket => ReportCheck.FaultOf(ticket, reporter, scene.Now) is null), reporter);
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var said = batch.Events[i];
            var ticket = TicketAt(tickets, said.Ticket);
            reading.Add(i, ReportCheck.FaultOf(ticket, reporter, scene.Now) ?? ReportCheck.FaultOf(said, ticket!, scene.Now), () => DataRecords.Of(said, ticket!, trails.Of(said, ticket!), reporter, scene));
        }
        for (var i = 0; i < batch.Drops.Count; i++)
        {
            var drop = batch.Drops[i];
            var ticket = TicketAt(tickets, drop.Ticket);
            reading.Add(
                batch.Events.Count + i,
                ReportCheck.FaultOf(ticket, reporter, scene.Now) ?? ReportCheck.FaultOf(drop, scene.Now),
                () => DropRecords.Of(drop, ticket!, reporter, scene));
        }
        return reading;
    }

    private static ReportTicket? TicketAt(ReportTicket?[] tickets, int place) => (uint)place < (uint)tickets.Length ? tickets[place] : null;

    private void Add(int index, string? fault, Func<IEnumerable<AuditEvent>> records)
    {
        if (fault is not null)
        {
            _refused.Add(new RefusedEvent(index, fault));
            return;
        }
        _events.AddRange(records());
        Accepted++;
    }
}
