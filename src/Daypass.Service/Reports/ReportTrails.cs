using Daypass.Names;
using Daypass.Reports;
using Daypass.Tokens;

namespace Daypass.Service.Reports;

/// <summary>
/// In whose trails an event stands: the caller's, and that of the resource's owner. The service says who that is, so it counts only where the
/// service has to do with that account: its own, or one of whose callers it shows a ticket. Else its own account is told, and no stranger. What
/// was denied stands in the caller's alone, as at Daypass and AWS: who may do nothing there must not be able to write into the owner's trail.
/// </summary>
internal sealed class ReportTrails(IEnumerable<ReportTicket> tickets, Reporter reporter)
{
    private const string Denied = "AccessDenied";

    private readonly HashSet<AccountId> _known = [reporter.Origin.Account, .. tickets.Select(ticket => ticket.Account)];

    /// <summary>The second trail beside the caller's, or null.</summary>
    public AccountId? Of(ReportedEvent said, ReportTicket ticket)
    {
        if (said.ErrorCode == Denied)
            return null;
        var owner = AccountId.TryParse(said.Owner, out var named) ? named : ticket.Account;
        var told = owner == ticket.Account || _known.Contains(owner) ? owner : reporter.Origin.Account;
        return told == ticket.Account ? null : told;
    }
}
