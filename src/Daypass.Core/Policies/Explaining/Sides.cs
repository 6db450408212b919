using Daypass.Policies.Matching;

namespace Daypass.Policies.Explaining;

/// <summary>
/// A denial across accounts as each side may see it. A side is asked as if the other had agreed: if it then denies, that is what it is
/// told; if not, the denial is the other's, and nothing is said of how.
/// </summary>
internal static class Sides
{
    // Tags of the caller are its own account's: a policy of the owner that asks for one learns whether it fits, and not what it is.
    private const string OfTheCaller = "aws:PrincipalTag/";

    private static readonly string[] Withheld = ["(withheld)"];

    private static readonly Policy AllowsAll = new(
        PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", PolicyType.Identity), "", null);

    public static Trace OfCaller(AccessRequest request, PolicySet policies, RequestContext known)
    {
        var asked = request with { ResourceAccount = request.Principal.Account, Context = known, IsTrust = false };
        var trace = Explain(asked, policies with { Resource = [], ResourceControl = [] }, policies);
        return trace with
        {
            Request = request with { Context = known },
            Decision = trace.Decision.IsAllowed ? Denied(DenialReason.NoResourcePolicyAllows, PolicyType.Resource) : trace.Decision,
        };
    }

    public static Trace OfOwner(AccessRequest request, PolicySet policies)
    {
        var trace = Explain(request, policies with { Identity = [AllowsAll], Boundary = null, Session = [AllowsAll], ServiceControl = [] }, policies);
        return trace with
        {
            Request = request with { Context = WithoutTagsOfTheCaller(request.Context) },
            Sets = [.. trace.Sets.Select(set => set with { Policies = [.. set.Policies.Select(WithoutTagsOfTheCaller)] })],
            Decision = trace.Decision.IsAllowed ? Denied(DenialReason.NoIdentityPolicyAllows, PolicyType.Identity) : trace.Decision,
        };
    }

    // What a NotPrincipal matches rests on whether the caller has a boundary, whichever it is.
    private static Trace Explain(AccessRequest request, PolicySet side, PolicySet all) =>
        new Explanation(new Subject(request, ActionPattern.Lower(request.Action), all.Boundary is not null), side).Explain();

    private static Decision Denied(DenialReason reason, PolicyType by) => new(false, reason, by, null, null);

    private static TracedPolicy WithoutTagsOfTheCaller(TracedPolicy policy) => policy with
    {
        Statements = [.. policy.Statements.Select(statement => statement with { Shortfalls = [.. statement.Shortfalls.Select(WithoutTagsOfTheCaller)] })],
    };

    private static Shortfall WithoutTagsOfTheCaller(Shortfall shortfall) =>
        shortfall.Condition is { Found: not null } condition && condition.Key.StartsWith(OfTheCaller, StringComparison.OrdinalIgnoreCase)
            ? shortfall with { Condition = condition with { Found = Withheld } }
            : shortfall;

    private static RequestContext WithoutTagsOfTheCaller(RequestContext context)
    {
        var shown = new RequestContext();
        foreach (var (key, value) in context.All)
        {
            if (!key.StartsWith(OfTheCaller, StringComparison.OrdinalIgnoreCase))
                shown.SetList(key, value.Values);
        }
        return shown;
    }
}
