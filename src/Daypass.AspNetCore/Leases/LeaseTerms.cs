using Daypass.Leases;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Reports;

namespace Daypass.AspNetCore.Leases;

/// <summary>A lease made ready for use: policies compiled, the caller's condition keys in place. Immutable, shared by all requests.</summary>
internal sealed class LeaseTerms
{
    private const int SigningKeyLength = 32;

    private readonly long? _sessionExpires;
    private readonly long _clockOffset;

    // Takes what it needs and lets the rest go: the texts of policies would be most of what a lease weighs.
    private LeaseTerms(Lease lease, CompiledPolicies policies)
    {
        (_sessionExpires, _clockOffset) = (lease.SessionExpires, lease.ClockOffset);
        (Version, SigningKey, UserId, MfaAt, Explanation, Ticket) = (lease.Version, lease.SigningKey, lease.Principal.UserId, lease.MfaAt, lease.Explanation, lease.Ticket);
        FreshFor = TimeSpan.FromMilliseconds(lease.FreshFor);
        ValidFor = TimeSpan.FromMilliseconds(lease.ValidFor);
        Principal = PrincipalOf(lease.Principal);
        Policies = new PolicySet
        {
            Identity = Compile(policies, lease.Identity, PolicyType.Identity),
            Boundary = lease.Boundary is { } boundary ? Compile(policies, boundary, PolicyType.Boundary) : null,
            Session = lease.Session is { } session ? Compile(policies, session, PolicyType.Session) : null,
        };
        Keys = new RequestContext(capacity: lease.Keys.Count);
        foreach (var (key, values) in lease.ListKeys ?? new Dictionary<string, IReadOnlyList<string>>())
            Keys.SetList(key, values);
        foreach (var (key, value) in lease.Keys)
            Keys.Set(key, value);
    }

    public string Version { get; }

    /// <summary>Null for a lease that came with a verdict.</summary>
    public byte[]? SigningKey { get; }

    public string UserId { get; }

    public Principal Principal { get; }

    public PolicySet Policies { get; }

    /// <summary>What Daypass vouches for.</summary>
    public RequestContext Keys { get; }

    public TimeSpan FreshFor { get; }

    public TimeSpan ValidFor { get; }

    public long? MfaAt { get; }

    /// <summary>With what refusals are explained; null where they go without.</summary>
    public LeaseExplanation? Explanation { get; }

    /// <summary>With what is reported what the caller does; null where Daypass takes no reports.</summary>
    public LeaseTicket? Ticket { get; }

    /// <summary>Whether the explanation's key or the ticket has been used for long enough, so that the lease is wanted whole again.</summary>
    public bool IsOld(DateTimeOffset now) =>
        PolicyTime(now).ToUnixTimeSeconds() is var seconds && (seconds >= Explanation?.RenewAt || seconds >= Ticket?.RenewAt);

    /// <exception cref="FormatException">The lease is for something else than was asked for, or is no lease that can be used.</exception>
    public static LeaseTerms Of(Lease lease, LeaseKey key, string service, string region, CompiledPolicies policies)
    {
        var isAsked = lease.AccessKeyId == key.AccessKeyId && lease.Date == key.Date && lease.Service == service && lease.Region == region;
        var hasItsKey = key.Date is null ? lease.SigningKey is null : lease.SigningKey is { Length: SigningKeyLength };
        if (!isAsked || !hasItsKey || lease.FreshFor <= 0 || lease.ValidFor < lease.FreshFor
            || lease.Explanation is { Key.Length: not SigningKeyLength } or { SealedKey.Length: 0 or > 1024 }
            || lease.Ticket is { Sealed: null or { Length: 0 or > ReportProtocol.MaxTicketBytes } })
            throw new FormatException("The lease is not the one that was asked for.");
        return new LeaseTerms(lease, policies);
    }

    /// <summary>The time that policies and sessions go by.</summary>
    public DateTimeOffset PolicyTime(DateTimeOffset now) => now.AddSeconds(_clockOffset);

    /// <summary>Whether the session has ended: on its last second, not after it.</summary>
    public bool IsOver(DateTimeOffset now) => _sessionExpires is { } end && PolicyTime(now).ToUnixTimeSeconds() >= end;

    private static Policy[] Compile(CompiledPolicies compiled, IReadOnlyList<LeasePolicy> policies, PolicyType type) =>
        [.. policies.Select(policy => Compile(compiled, policy, type))];

    private static Policy Compile(CompiledPolicies compiled, LeasePolicy policy, PolicyType type) => new(compiled.Get(policy, type), policy.Id, policy.Arn);

    private static Principal PrincipalOf(LeasePrincipal principal)
    {
        if (!AccountId.TryParse(principal.Account, out var account))
            throw new FormatException("The lease names no account.");
        return (principal.Kind, principal.RoleArn, principal.UserArn, principal.UniqueId) switch
        {
            (nameof(PrincipalKind.Root), _, _, _) => Principal.Root(account),
            (nameof(PrincipalKind.User), _, { } userArn, { } id) => Principal.User(account, userArn, id),
            (nameof(PrincipalKind.RoleSession), { } roleArn, _, { } id) => Principal.RoleSession(account, principal.Arn, roleArn, id),
            (nameof(PrincipalKind.FederatedUser), _, { } userArn, { } id) => Principal.FederatedUser(account, principal.Arn, userArn, id),
            _ => throw new FormatException($"The lease is for a caller of an unknown kind, '{principal.Kind}'."),
        };
    }
}
