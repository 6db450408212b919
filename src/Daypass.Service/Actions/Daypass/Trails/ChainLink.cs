using Daypass.Names;
using Daypass.Service.Audit.Tracing;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Trails;

/// <summary>
/// One credential of a chain, and who held it, as a reader may see it. Of a holder in another account it is what the reader's own records have of it:
/// the caller of a call on a resource of its own, and whom a call of its own issued a session to. Of everybody else what the session itself says of its
/// ancestors: an account and the unique id of a user or role.
/// </summary>
internal sealed record ChainLink : IShape
{
    public required AccountId Account { get; init; }

    /// <summary>As in <c>userIdentity</c>; AWSAccount for those of other accounts.</summary>
    public string Type { get; private init; } = "AWSAccount";

    public string? PrincipalId { get; private init; }

    public string? Arn { get; private init; }

    public string? UserName { get; private init; }

    public string? AccessKeyId { get; private init; }

    /// <summary>When the session was issued; null for long-term credentials.</summary>
    public DateTimeOffset? Issued { get; private init; }

    public bool? IsMfaAuthenticated { get; private init; }

    public string? SourceIdentity { get; private init; }

    /// <summary>The call that issued it, where the reader's own trail has it.</summary>
    public TrailRecord? IssuedBy { get; private init; }

    /// <summary>The MFA device that the issuing call was proven with.</summary>
    public string? MfaSerialNumber { get; private init; }

    /// <summary>The links of a chain for a reader of this account's trail, oldest first.</summary>
    public static IReadOnlyList<ChainLink> All(EventChain chain, AccountId reader)
    {
        var links = new List<ChainLink>();
        // The record, in the reader's own trail, of what the credential was used for next.
        TrailRecord? use = chain.Traced;
        foreach (var hop in chain.Hops)
        {
            links.Add(Of(hop, use, reader));
            use = Own(hop, reader);
        }
        links.Reverse();
        return links;
    }

    public void Write(ShapeWriter writer)
    {
        writer.Text("AccountId", Account.ToString());
        writer.Text("Type", Type);
        writer.Text("PrincipalId", PrincipalId);
        writer.Text("Arn", Arn);
        writer.Text("UserName", UserName);
        writer.Text("AccessKeyId", AccessKeyId);
        writer.Time("IssuedTime", Issued);
        writer.Flag("MfaAuthenticated", IsMfaAuthenticated);
        writer.Text("SourceIdentity", SourceIdentity);
        writer.Text("IssuedByEventId", IssuedBy?.Event.EventId);
        writer.Text("IssuedByEventName", IssuedBy?.Event.EventName);
        writer.Text("IssuedBySharedEventId", IssuedBy?.SharedEventId);
        writer.Text("MfaSerialNumber", MfaSerialNumber);
    }

    private static ChainLink Of(ChainHop hop, TrailRecord? use, AccountId reader)
    {
        var held = hop.Held;
        var link = new ChainLink { Account = held.Caller, Issued = held.SessionIssued, IssuedBy = Own(hop, reader) };
        if (held.Event.Account == reader && !held.IsOwnersView)
            return link with
            {
                Type = held.Type, PrincipalId = held.PrincipalId, Arn = held.Arn, UserName = held.UserName, AccessKeyId = held.AccessKeyId,
                IsMfaAuthenticated = held.IsMfaAuthenticated, SourceIdentity = held.CallersSourceIdentity,
                MfaSerialNumber = hop.IssuedTo is { } issue && issue.Event.Account == reader ? issue.MfaSerialNumber : null,
            };
        if (hop.IssuedTo is { } issued && issued.Event.Account == reader)
            return link with { PrincipalId = issued.IssuedPrincipalId ?? held.AncestorId, Arn = issued.IssuedArn, AccessKeyId = issued.IssuedAccessKeyId };
        return link with { PrincipalId = use is { IsOwnersView: true } ? use.PrincipalId : held.AncestorId };
    }

    private static TrailRecord? Own(ChainHop hop, AccountId reader) =>
        hop.IssuedTo?.Event.Account == reader ? hop.IssuedTo : hop.IssuedBy?.Event.Account == reader ? hop.IssuedBy : null;
}
