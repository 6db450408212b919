using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>What holds for every set of policies and every request.</summary>
public sealed class PropertiesOfDecisions
{
    private const int Runs = 1000;

    [Fact]
    public void The_order_of_policies_and_statements_changes_no_decision() => ForAll((random, set, request) =>
        PolicyEvaluator.Evaluate(request, set).IsAllowed == PolicyEvaluator.Evaluate(request, random.Shuffle(set)).IsAllowed);

    [Fact]
    public void One_more_Deny_never_allows_more() => ForAll((random, set, request) =>
    {
        var deny = Requests.Policy(PolicyType.Identity, random.Statement(PolicyType.Identity, "Deny"));
        var denyOnResource = Requests.Policy(PolicyType.Resource, random.Statement(PolicyType.Resource, "Deny"));
        var before = PolicyEvaluator.Evaluate(request, set).IsAllowed;
        return (before || !PolicyEvaluator.Evaluate(request, set with { Identity = [.. set.Identity, deny] }).IsAllowed)
            && (before || !PolicyEvaluator.Evaluate(request, set with { Resource = [.. set.Resource, denyOnResource] }).IsAllowed);
    });

    [Fact]
    public void A_boundary_a_session_policy_or_an_SCP_never_allows_more() => ForAll((random, set, request) =>
    {
        if (PolicyEvaluator.Evaluate(request, set).IsAllowed)
            return true;
        // Without session policies a federated user has nothing, so for that caller passing one does widen.
        var isFederated = request.Principal.Kind == PrincipalKind.FederatedUser;
        return (set.Boundary is not null || !PolicyEvaluator.Evaluate(request, set with { Boundary = random.Policy(PolicyType.Boundary) }).IsAllowed)
            && (set.Session is not null || isFederated || !PolicyEvaluator.Evaluate(request, set with { Session = [random.Policy(PolicyType.Session)] }).IsAllowed)
            && !PolicyEvaluator.Evaluate(request, set with { ServiceControl = [.. set.ServiceControl, [random.Policy(PolicyType.ServiceControl)]] }).IsAllowed;
    });

    [Fact]
    public void A_decision_over_slices_is_that_over_the_whole() => ForAll((_, set, request) =>
    {
        var service = request.Action[..request.Action.IndexOf(':')];
        var sliced = RandomPolicies.Map(set, policy => policy with { Document = PolicyDocument.Parse(policy.Document.Slice(service.ToUpperInvariant()), policy.Document.Type) });
        var (whole, slice) = (PolicyEvaluator.Evaluate(request, set), PolicyEvaluator.Evaluate(request, sliced));
        return (whole.IsAllowed, whole.Reason, whole.DecidedBy) == (slice.IsAllowed, slice.Reason, slice.DecidedBy);
    });

    [Fact]
    public void What_is_drawn_is_allowed_and_denied_often_enough_to_prove_something()
    {
        var reasons = new Dictionary<DenialReason, int>();
        ForAll((_, set, request) =>
        {
            var reason = PolicyEvaluator.Evaluate(request, set).Reason;
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            return true;
        });
        Assert.All(
            [DenialReason.None, DenialReason.ExplicitDeny, DenialReason.NoIdentityPolicyAllows, DenialReason.NoResourcePolicyAllows, DenialReason.NoServiceControlPolicyAllows],
            reason => Assert.True(reasons.GetValueOrDefault(reason) > Runs / 20, $"{reason}: {reasons.GetValueOrDefault(reason)}"));
    }

    private static void ForAll(Func<RandomPolicies, PolicySet, AccessRequest, bool> holds)
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new RandomPolicies(seed);
            var set = random.Set();
            for (var i = 0; i < 4; i++)
            {
                var request = random.Request();
                Assert.True(holds(random, set, request), $"seed {seed}: {request.Principal.Kind} {request.Action} on {request.Resource}");
            }
        }
    }
}
