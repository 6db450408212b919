using Daypass.Policies.Matching;

namespace Daypass.Policies;

/// <summary>One decision in the making: explicit denials, then the organizations' limits, then what grants and what limits that.</summary>
internal readonly ref struct Evaluation(Subject subject, PolicySet policies)
{
    private readonly Subject _subject = subject;

    private Principal Caller => _subject.Caller;

    private bool IsRoot => Caller.Kind == PrincipalKind.Root;

    /// <summary>Whether an identity policy alone does not do. For a trust policy it never does, whatever the asker says.</summary>
    private bool MustOwnerSpeak => _subject.Request.IsTrust || TypeOfResourcePolicy == PolicyType.Trust;

    private bool IsSameAccount => Caller.Account.IsSet && Caller.Account == _subject.Request.ResourceAccount;

    public Decision Decide() => Deny() ?? OrganizationLimit() ?? Grant();

    /// <summary>Across accounts the caller's own policies are blamed first, so that nothing of the other account shows.</summary>
    private Decision? Deny()
    {
        var own = Search.FindDeny(_subject, policies.Identity);
        if (own is not null && !IsSameAccount)
            return Denied(PolicyType.Identity, own);
        return DenyInLevels()
            ?? Denied(TypeOfResourcePolicy, Search.FindDenyOfCaller(_subject, policies.Resource))
            ?? Denied(PolicyType.Identity, own)
            ?? (policies.Boundary is { } boundary ? Denied(PolicyType.Boundary, Search.FindDeny(_subject, boundary)) : null)
            ?? (policies.Session is { } session ? Denied(PolicyType.Session, Search.FindDeny(_subject, session)) : null);
    }

    private Decision? DenyInLevels()
    {
        for (var i = 0; i < policies.ResourceControl.Count; i++)
        {
            if (Denied(PolicyType.ResourceControl, Search.FindDenyOfCaller(_subject, policies.ResourceControl[i])) is { } denied)
                return denied;
        }
        for (var i = 0; i < policies.ServiceControl.Count; i++)
        {
            if (Denied(PolicyType.ServiceControl, Search.FindDeny(_subject, policies.ServiceControl[i])) is { } denied)
                return denied;
        }
        return null;
    }

    /// <summary>At every level of an organization some policy must allow.</summary>
    private Decision? OrganizationLimit()
    {
        for (var i = 0; i < policies.ServiceControl.Count; i++)
        {
            if (Search.FindAllow(_subject, policies.ServiceControl[i]) is null)
                return Denied(DenialReason.NoServiceControlPolicyAllows);
        }
        for (var i = 0; i < policies.ResourceControl.Count; i++)
        {
            if (Search.FindAllowOfCaller(_subject, policies.ResourceControl[i]) is null)
                return Denied(DenialReason.NoResourceControlPolicyAllows);
        }
        return null;
    }

    private Decision Grant()
    {
        var owner = Search.FindAllowOfCaller(_subject, policies.Resource);
        // These callers have no policies of their own: only the resource's owner can let them in.
        if (Caller.IsFederated || Caller.Kind is PrincipalKind.Anonymous or PrincipalKind.Service)
            return owner is { } grant ? Allowed(TypeOfResourcePolicy, grant) : DeniedByOwner();
        // A root session is for one task (STS, AssumeRoot): beyond its policy no grant counts, whoever gives it.
        if (IsRoot && policies.Session is { } task && Search.FindAllow(_subject, task) is null)
            return Denied(DenialReason.NoSessionPolicyAllows);
        if (!IsSameAccount)
            return GrantAcrossAccounts(owner);
        return IsRoot && !MustOwnerSpeak ? new Decision(true, DenialReason.None, null, null, null) : GrantInAccount(owner);
    }

    private Decision GrantInAccount(Match? owner)
    {
        var named = owner?.Principal ?? PrincipalMatch.None;
        if (named == PrincipalMatch.Direct)
            return Allowed(TypeOfResourcePolicy, owner!.Value);
        var limit = CallerLimit();
        if (named == PrincipalMatch.Entity && limit == DenialReason.None)
            return Allowed(TypeOfResourcePolicy, owner!.Value);
        if (named == PrincipalMatch.None && MustOwnerSpeak)
            return DeniedByOwner();
        return GrantByIdentity(limit, DenialReason.NoIdentityPolicyAllows);
    }

    /// <summary>Both accounts must agree. An owner that named only the account left it to the caller's account, and AWS blames the owner.</summary>
    private Decision GrantAcrossAccounts(Match? owner)
    {
        if (owner is not { } grant)
            return DeniedByOwner();
        var blame = grant.Principal == PrincipalMatch.Account ? OwnerReason : DenialReason.NoIdentityPolicyAllows;
        return GrantByIdentity(CallerLimit(), blame);
    }

    /// <summary>The root user needs no identity policy.</summary>
    private Decision GrantByIdentity(DenialReason limit, DenialReason ifNone)
    {
        var identity = Search.FindAllow(_subject, policies.Identity);
        if (identity is null && !IsRoot)
            return Denied(ifNone);
        if (limit != DenialReason.None)
            return Denied(limit);
        return identity is { } grant ? Allowed(PolicyType.Identity, grant) : new Decision(true, DenialReason.None, null, null, null);
    }

    /// <summary>What the boundary and the session's policies leave of the caller's permissions.</summary>
    private DenialReason CallerLimit()
    {
        if (!IsRoot && policies.Boundary is { } boundary && Search.FindAllow(_subject, boundary) is null)
            return DenialReason.NoBoundaryAllows;
        var isWithin = Caller.Kind switch
        {
            PrincipalKind.RoleSession => policies.Session is null || Search.FindAllow(_subject, policies.Session) is not null,
            // GetFederationToken without policies gives a session without permissions.
            PrincipalKind.FederatedUser => policies.Session is not null && Search.FindAllow(_subject, policies.Session) is not null,
            _ => true,
        };
        return isWithin ? DenialReason.None : DenialReason.NoSessionPolicyAllows;
    }

    private PolicyType TypeOfResourcePolicy => policies.TypeOfResource;

    private DenialReason OwnerReason =>
        TypeOfResourcePolicy == PolicyType.Trust ? DenialReason.NoTrustPolicyAllows : DenialReason.NoResourcePolicyAllows;

    private Decision DeniedByOwner() => Denied(OwnerReason);

    private static Decision Allowed(PolicyType type, Match match) => new(true, DenialReason.None, type, match.Policy, match.Statement);

    private static Decision? Denied(PolicyType type, Match? match) =>
        match is { } found ? new Decision(false, DenialReason.ExplicitDeny, type, found.Policy, found.Statement) : null;

    private static Decision Denied(DenialReason reason) => new(false, reason, TypeOf(reason), null, null);

    private static PolicyType TypeOf(DenialReason reason) => reason switch
    {
        DenialReason.NoResourcePolicyAllows => PolicyType.Resource,
        DenialReason.NoTrustPolicyAllows => PolicyType.Trust,
        DenialReason.NoBoundaryAllows => PolicyType.Boundary,
        DenialReason.NoSessionPolicyAllows => PolicyType.Session,
        DenialReason.NoServiceControlPolicyAllows => PolicyType.ServiceControl,
        DenialReason.NoResourceControlPolicyAllows => PolicyType.ResourceControl,
        _ => PolicyType.Identity,
    };
}
