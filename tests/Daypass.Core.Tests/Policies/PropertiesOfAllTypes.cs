using System.Text.Json;
using Daypass.Core.Tests.Policies.Plain;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>What no change of the policies may do, whatever they say: over the widest random policies and all kinds of caller.</summary>
public sealed class PropertiesOfAllTypes
{
    private const int Sets = 600;
    private const int RequestsPerSet = 4;

    [Fact]
    public void A_further_policy_that_only_denies_never_allows_more() => Each((random, set, request, before) =>
    {
        var deny = Denies(random);
        return before || Others(set, deny).All(more => !PolicyEvaluator.Evaluate(request, more).IsAllowed);
    });

    [Fact]
    public void A_further_limit_never_allows_more() => Each((random, set, request, before) => before
        || ((set.Boundary is not null || !Allows(request, set with { Boundary = random.Policy(PolicyType.Boundary) }))
            && (set.Session is not null || request.Principal.Kind == PrincipalKind.FederatedUser || !Allows(request, set with { Session = [random.Policy(PolicyType.Session)] }))
            && !Allows(request, set with { ServiceControl = [.. set.ServiceControl, [random.Policy(PolicyType.ServiceControl)]] })
            && !Allows(request, set with { ResourceControl = [[random.Policy(PolicyType.ResourceControl)], .. set.ResourceControl] })));

    [Fact]
    public void A_further_identity_policy_that_only_allows_never_denies_more() => Each((_, set, request, before) =>
        !before || Allows(request, set with { Identity = [.. set.Identity, Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'s3:*','Resource':'*'}")] }));

    [Fact]
    public void Order_changes_nothing() => Each((random, set, request, before) => before == Allows(request, new PolicySet
    {
        Identity = [.. set.Identity.Reverse().Select(Reversed)],
        Boundary = set.Boundary is null ? null : Reversed(set.Boundary),
        Session = set.Session is null ? null : [.. set.Session.Reverse().Select(Reversed)],
        Resource = [.. set.Resource.Reverse().Select(Reversed)],
        ServiceControl = [.. set.ServiceControl.Reverse().Select(level => (IReadOnlyList<Policy>)[.. level.Reverse().Select(Reversed)])],
        ResourceControl = [.. set.ResourceControl.Reverse().Select(level => (IReadOnlyList<Policy>)[.. level.Reverse().Select(Reversed)])],
    }));

    [Fact]
    public void Printing_and_reading_again_changes_nothing() => Each((_, set, request, before) =>
    {
        Policy Printed(Policy policy)
        {
            var printed = policy with { Document = PolicyDocument.Parse(Print(policy.Document.Text), policy.Document.Type) };
            Assert.Equal(Print(policy.Document.Text), Print(printed.Document.Text));
            Assert.Equal(policy.Document.Statements.Select(Model), printed.Document.Statements.Select(Model));
            Assert.Equal(policy.Document.Text, PolicyDocument.Parse(policy.Document.Text, policy.Document.Type).Text);
            return policy with { Document = printed.Document };
        }
        return before == Allows(request, set with { Identity = [.. set.Identity.Select(Printed)], Resource = [.. set.Resource.Select(Printed)] });
    });

    private static bool Allows(AccessRequest request, PolicySet set) => PolicyEvaluator.Evaluate(request, set).IsAllowed;

    private static string Model(Statement statement) =>
        $"{statement.Sid}{statement.IsDeny}{statement.IsNotAction}{string.Join('|', statement.Actions)}{statement.IsNotResource}{string.Join('|', statement.Resources)}{statement.IsNotPrincipal}{string.Join('|', statement.Principals.Select(principal => principal.Text))}{string.Join('|', statement.ContextKeys)}";

    /// <summary>The document in another layout, with other escapes.</summary>
    private static string Print(string text)
    {
        using var json = JsonDocument.Parse(text);
        return JsonSerializer.Serialize(json.RootElement, Indented);
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 3 };

    private static Policy Reversed(Policy policy)
    {
        var statements = policy.Document.Statements.Select(statement => policy.Document.Text[statement.Raw]).Reverse();
        var text = $"{{\"Version\":\"{policy.Document.Version}\",\"Statement\":[{string.Join(',', statements)}]}}";
        return policy with { Document = PolicyDocument.Parse(text, policy.Document.Type) };
    }

    /// <summary>The denying half of a random policy; the whole if nothing of it denies.</summary>
    private static Policy Denies(AdversarialPolicies random)
    {
        while (true)
        {
            var policy = random.Policy(PolicyType.Identity);
            var denies = policy.Document.Statements.Where(statement => statement.IsDeny).Select(statement => policy.Document.Text[statement.Raw]).ToArray();
            if (denies.Length > 0)
                return policy with { Document = Requests.Document(PolicyType.Identity, denies) };
        }
    }

    /// <summary>The set with one more policy, which has no principal and no Allow, wherever such a policy may be.</summary>
    private static IEnumerable<PolicySet> Others(PolicySet set, Policy deny) =>
    [
        set with { Identity = [deny, .. set.Identity] },
        set with { Resource = [.. set.Resource, deny] },
        set with { Session = set.Session is null ? null : [.. set.Session, deny] },
        set with { ServiceControl = [.. set.ServiceControl.Select(level => (IReadOnlyList<Policy>)[.. level, deny])] },
    ];

    private static void Each(Func<AdversarialPolicies, PolicySet, AccessRequest, bool, bool> holds)
    {
        for (var seed = 1; seed <= Sets; seed++)
        {
            var random = new AdversarialPolicies(seed);
            var set = random.Set();
            for (var i = 0; i < RequestsPerSet; i++)
            {
                var request = random.Request();
                var before = PolicyEvaluator.Evaluate(request, set).IsAllowed;
                Assert.True(holds(random, set, request, before), $"seed {seed}, request {i}");
            }
        }
    }
}
