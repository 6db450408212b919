using Daypass.Core.Tests.Policies.Plain;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Random policies in AWS's syntax, and the same policies written in uproject's.</summary>
public sealed class TwoSyntaxes
{
    private const int Sets = 400;
    private const int RequestsPerSet = 100;

    [Fact]
    public void A_policy_written_in_the_other_syntax_decides_the_same()
    {
        var (translated, names, allowed) = (0, 0, 0);
        for (var seed = 0; seed < Sets; seed++)
        {
            var random = new AdversarialPolicies(seed);
            var aws = random.Set();
            var other = new Random(seed);
            var ucs = Map(aws, policy => UrnWriter.Document(policy.Document.Text, policy.Document.Type, other) is { } text
                ? policy with { Document = PolicyDocument.Parse(text, policy.Document.Type, PolicySyntax.Uproject) }
                : policy);
            var plain = new PlainEvaluator(aws);
            translated += All(ucs).Count(policy => policy.Document.Syntax == PolicySyntax.Uproject);
            for (var i = 0; i < RequestsPerSet; i++)
            {
                var request = random.Request();
                var named = request with { Resource = UrnWriter.Name(request.Resource) };
                names += named.Resource == request.Resource ? 0 : 1;
                var (expected, decision) = (plain.Decide(request), PolicyEvaluator.Evaluate(named, ucs));
                allowed += decision.IsAllowed ? 1 : 0;
                Assert.True(expected == (decision.Reason, decision.DecidedBy), Describe(seed, named, expected, decision, ucs));
                Assert.Equal(decision.Reason, PolicyEvaluator.Evaluate(request, ucs).Reason);
                Assert.Equal(decision, PolicyEvaluator.Explain(named, ucs).Decision);
                if (request.Action.StartsWith("s3:", StringComparison.Ordinal))
                    Assert.Equal(decision.Reason, PolicyEvaluator.Evaluate(named, Map(ucs, Slice)).Reason);
            }
        }
        Assert.True(translated > Sets && names > Sets * RequestsPerSet / 4 && allowed > Sets * RequestsPerSet / 20, $"{translated} {names} {allowed}");
    }

    private static Policy Slice(Policy policy) =>
        policy with { Document = PolicyDocument.ReadStored(policy.Document.Slice("s3"), policy.Document.Type, policy.Document.Syntax.Mark) };

    private static PolicySet Map(PolicySet set, Func<Policy, Policy> change) => RandomPolicies.Map(set, change) with
    {
        ResourceControl = [.. set.ResourceControl.Select(level => (IReadOnlyList<Policy>)[.. level.Select(change)])],
    };

    private static IEnumerable<Policy> All(PolicySet set) =>
        [.. set.Identity, .. set.Boundary is { } boundary ? [boundary] : Array.Empty<Policy>(), .. set.Session ?? [], .. set.Resource, .. set.ServiceControl.SelectMany(level => level), .. set.ResourceControl.SelectMany(level => level)];

    private static string Describe(int seed, AccessRequest request, (DenialReason, PolicyType?) expected, Decision decision, PolicySet set) =>
        $"seed {seed}: {request.Principal.Kind} {request.Action} on {request.Resource}: {decision.Reason} by {decision.DecidedBy}, not {expected}\n"
        + string.Join('\n', All(set).Select(policy => $"{policy.Document.Type} {policy.Document.Text}"));
}
