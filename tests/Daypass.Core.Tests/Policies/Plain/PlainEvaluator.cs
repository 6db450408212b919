using System.Text.Json;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Plain;

/// <summary>
/// The rules of evaluation written down once more, from their description and not from the engine: no index, no shortcuts, no shared code
/// but the types of request and answer. What both agree on over a million random pairs is not likely to be a slip of one.
/// </summary>
internal sealed class PlainEvaluator(PolicySet set)
{
    private readonly PlainStatement[][] _rcp = [.. set.ResourceControl.Select(Read)];
    private readonly PlainStatement[][] _scp = [.. set.ServiceControl.Select(Read)];
    private readonly PlainStatement[] _resource = Read(set.Resource);
    private readonly PlainStatement[] _identity = Read(set.Identity);
    private readonly PlainStatement[] _boundary = Read(set.Boundary is null ? [] : [set.Boundary]);
    private readonly PlainStatement[] _session = Read(set.Session ?? []);
    private readonly bool _isTrustPolicy = set.Resource.Count > 0 && set.Resource[0].Document.Type == PolicyType.Trust;

    public (DenialReason Reason, PolicyType? By) Decide(AccessRequest request)
    {
        bool Denies(PlainStatement[] policies) => policies.Any(statement => statement.IsDeny && statement.Concerns(request));
        bool Allows(PlainStatement[] policies) => policies.Any(statement => !statement.IsDeny && statement.Concerns(request));
        int Named(PlainStatement[] policies, bool isDeny) =>
            policies.Where(one => one.IsDeny == isDeny && one.Concerns(request)).Select(one => one.Names(request.Principal, set.Boundary is not null)).DefaultIfEmpty(0).Max();

        var caller = request.Principal;
        var resourceType = _isTrustPolicy ? PolicyType.Trust : PolicyType.Resource;
        var ownerReason = _isTrustPolicy ? DenialReason.NoTrustPolicyAllows : DenialReason.NoResourcePolicyAllows;
        var isHome = caller.Account.IsSet && caller.Account == request.ResourceAccount;

        // 1. An explicit Deny anywhere.
        if (!isHome && Denies(_identity))
            return (DenialReason.ExplicitDeny, PolicyType.Identity);
        if (_rcp.Any(level => Named(level, true) > 0))
            return (DenialReason.ExplicitDeny, PolicyType.ResourceControl);
        if (_scp.Any(Denies))
            return (DenialReason.ExplicitDeny, PolicyType.ServiceControl);
        if (Named(_resource, true) > 0)
            return (DenialReason.ExplicitDeny, resourceType);
        if (Denies(_identity))
            return (DenialReason.ExplicitDeny, PolicyType.Identity);
        if (Denies(_boundary))
            return (DenialReason.ExplicitDeny, PolicyType.Boundary);
        if (Denies(_session))
            return (DenialReason.ExplicitDeny, PolicyType.Session);

        // 2, 3. Every level of the organizations allows.
        if (!_scp.All(Allows))
            return (DenialReason.NoServiceControlPolicyAllows, PolicyType.ServiceControl);
        if (!_rcp.All(level => Named(level, false) > 0))
            return (DenialReason.NoResourceControlPolicyAllows, PolicyType.ResourceControl);

        // 4. Callers without policies of their own.
        var named = Named(_resource, false);
        if (caller.Kind is PrincipalKind.Anonymous or PrincipalKind.Service or PrincipalKind.WebIdentity or PrincipalKind.Saml)
            return named > 0 ? (DenialReason.None, resourceType) : (ownerReason, resourceType);

        // 5. Root of the owner account.
        var mustSpeak = request.IsTrust || _isTrustPolicy;
        var isRoot = caller.Kind == PrincipalKind.Root;
        // A root session is for one task.
        if (isRoot && set.Session is not null && !Allows(_session))
            return (DenialReason.NoSessionPolicyAllows, PolicyType.Session);
        if (isRoot && isHome && !mustSpeak)
            return (DenialReason.None, null);

        // 7. Guards.
        var isBoundaryOk = isRoot || set.Boundary is null || Allows(_boundary);
        var isSessionOk = caller.Kind switch
        {
            PrincipalKind.RoleSession => set.Session is null || Allows(_session),
            PrincipalKind.FederatedUser => set.Session is not null && Allows(_session),
            _ => true,
        };
        var isIdentityOk = isRoot || Allows(_identity);

        // 8. Same account.
        if (isHome && (named == 3 || (named == 2 && isBoundaryOk && isSessionOk)))
            return (DenialReason.None, resourceType);
        if (isHome && mustSpeak && named == 0)
            return (ownerReason, resourceType);

        // 9. Across accounts the owner must have spoken.
        if (!isHome && named == 0)
            return (ownerReason, resourceType);
        if (!isIdentityOk)
            return !isHome && named == 1 ? (ownerReason, resourceType) : (DenialReason.NoIdentityPolicyAllows, PolicyType.Identity);
        if (!isBoundaryOk)
            return (DenialReason.NoBoundaryAllows, PolicyType.Boundary);
        if (!isSessionOk)
            return (DenialReason.NoSessionPolicyAllows, PolicyType.Session);
        return (DenialReason.None, Allows(_identity) ? PolicyType.Identity : null);
    }

    private static PlainStatement[] Read(IEnumerable<Policy> policies) => [.. policies.SelectMany(policy =>
    {
        var root = JsonDocument.Parse(policy.Document.Text).RootElement;
        var isNew = root.TryGetProperty("Version", out var version) && version.GetString() == "2012-10-17";
        var statements = root.GetProperty("Statement");
        IEnumerable<JsonElement> list = statements.ValueKind == JsonValueKind.Array ? statements.EnumerateArray() : [statements];
        return list.Select(statement => new PlainStatement(statement, isNew, policy.Document.Type, policy.PrincipalBindings));
    })];
}
