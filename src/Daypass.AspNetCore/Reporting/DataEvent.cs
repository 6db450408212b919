using Daypass.AspNetCore.Leases;
using Daypass.AspNetCore.Requests;
using Daypass.Names;

namespace Daypass.AspNetCore.Reporting;

/// <summary>One decision on its way to the trail. It only points at what the request has made anyway; texts are made by the sender.</summary>
/// <param name="Terms">The lease by which it was decided.</param>
/// <param name="Action">With its prefix; null for a request that asked for no action.</param>
/// <param name="Resource">The ARN, or <c>*</c>.</param>
/// <param name="Owner">Who owns it; may be unset.</param>
/// <param name="Facts">What the connection says.</param>
/// <param name="Time">Policy time, in milliseconds since 1970.</param>
/// <param name="Refusal">Why it was refused; null when it was allowed.</param>
/// <param name="IsReadOnly">Whether the action changes nothing.</param>
internal sealed record DataEvent(LeaseTerms Terms, string? Action, string Resource, AccountId Owner, RequestFacts Facts, long Time, DaypassRefusal? Refusal, bool IsReadOnly)
{
    /// <summary>The one before it of the same request.</summary>
    public DataEvent? Before { get; set; }

    public string RequestId { get; set; } = "";

    /// <summary>Whether the request is one of the uproject dialect, which answers with status 200 whatever happens.</summary>
    public bool IsOfUproject { get; init; }

    /// <summary>The HTTP status of the answer, or the one that it would have elsewhere.</summary>
    public int Status { get; set; }

    /// <summary>What else went wrong with the request, by the service's own word.</summary>
    public (string Code, string? Message)? Failure { get; set; }
}
