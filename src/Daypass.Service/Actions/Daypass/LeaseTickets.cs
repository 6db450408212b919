using System.Text;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Reports;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Daypass;

/// <summary>
/// The ticket of a lease: what the trail needs to know of its caller, as it is now. When the service reports, the role may be gone, and no
/// node remembers the lease.
/// </summary>
internal static class LeaseTickets
{
    private static readonly int WrappingBytes = "{\"userIdentity\":"u8.Length;

    /// <summary>Null where there is no key to seal it with.</summary>
    public static LeaseTicket? Make(string service, string region, Caller caller, Scene scene)
    {
        var now = scene.NowInSeconds;
        // Unchanged renewals go on with the ticket until its use is over, and the last of them may serve for as long as a lease can.
        var until = now + ReportProtocol.TicketUse + TimeSpan.FromMilliseconds(scene.Settings.LeaseValidFor);
        var ticket = new ReportTicket
        {
            Origin = new MessageOrigin(service, region, scene.Caller.Account),
            Account = caller.Account,
            AccessKeyId = caller.AccessKeyId,
            Username = AuditIdentity.UsernameOf(caller, caller.Account),
            Identity = IdentityOf(caller, caller.Account),
            ForeignIdentity = IdentityOf(caller, AnotherThan(caller.Account)),
            From = now,
            Until = caller.Session is { } session && session.ExpiresAt < until ? session.ExpiresAt : until,
        };
        return scene.Vault.SealTicket(ticket, scene.Entropy) is { } blob ? new LeaseTicket(blob, (now + ReportProtocol.TicketUse).ToUnixTimeSeconds()) : null;
    }

    private static string IdentityOf(Caller caller, AccountId trail)
    {
        var scratch = AuditScratch.Begin();
        scratch.Json.WriteStartObject();
        AuditIdentity.Write(scratch.Json, caller, trail);
        scratch.Json.WriteEndObject();
        return Encoding.UTF8.GetString(scratch.End().AsSpan(WrappingBytes..^1));
    }

    // What a stranger's trail is told depends on whose it is only in that it is another's.
    private static AccountId AnotherThan(AccountId account) => AccountId.Of(account.Number == 1 ? 2 : 1);
}
