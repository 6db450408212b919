using Daypass.AspNetCore.Leases;
using Daypass.AspNetCore.Reporting;
using Daypass.AspNetCore.Requests;
using Daypass.Names;
using Daypass.Policies;

namespace Daypass.AspNetCore;

/// <summary>Who sent a request: proven by its signature, or anonymous if it has none. Made by the middleware of <c>UseDaypass</c> only.</summary>
public sealed class DaypassCaller
{
    private readonly Principal _principal;

    internal DaypassCaller(string? accessKeyId, HeldLease? lease, RequestFacts facts)
    {
        AccessKeyId = accessKeyId;
        Lease = lease;
        Facts = facts;
        var terms = lease?.Grant.Terms;
        _principal = terms?.Principal ?? Principal.Anonymous;
        UserId = terms?.UserId ?? "anonymous";
    }

    /// <summary>Whether the request was not signed. Only a resource policy can allow it anything.</summary>
    public bool IsAnonymous => Lease is null;

    /// <summary>What the caller is: Anonymous, Root, User, RoleSession or FederatedUser.</summary>
    public PrincipalKind Kind => _principal.Kind;

    /// <summary>The ARN of the caller, a session's for sessions; <c>anonymous</c> for unsigned requests.</summary>
    public string Arn => _principal.Arn;

    /// <summary>The caller's account; not set for anonymous callers.</summary>
    public AccountId Account => _principal.Account;

    /// <summary>As <c>aws:userid</c> has it: <c>AIDA...</c>, <c>AROA...:session</c>, <c>account:name</c>, the account for root.</summary>
    public string UserId { get; }

    /// <summary>The access key id that signed; null for anonymous callers.</summary>
    public string? AccessKeyId { get; }

    /// <summary>RoleSessionName or the federated user's name; null for others.</summary>
    public string? SessionName =>
        Kind is PrincipalKind.RoleSession or PrincipalKind.FederatedUser && UserId.IndexOf(':') is var colon and >= 0 ? UserId[(colon + 1)..] : null;

    internal HeldLease? Lease { get; }

    internal RequestFacts Facts { get; }

    /// <summary>Whether the request is one of the uproject dialect: then names in refusals and the trail's mark are that dialect's.</summary>
    internal bool IsOfUproject { get; init; }

    /// <summary>The project that the request names; null for none.</summary>
    internal string? ProjectId { get; set; }

    /// <summary>The project that policies are asked about.</summary>
    internal string? EffectiveProject => ProjectId ?? (Lease?.Grant.Terms.Keys.TryGet(PolicyDocument.ProjectKey, out var project) is true ? project.Single : null);

    /// <summary>What was decided in this request.</summary>
    internal RequestEvents Events { get; } = new();
}
