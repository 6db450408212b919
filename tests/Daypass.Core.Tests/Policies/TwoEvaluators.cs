using System.Collections.Concurrent;
using System.Globalization;
using Daypass.Core.Tests.Policies.Plain;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>The engine and a plain evaluator that was written from the description of the rules alone.</summary>
public sealed class TwoEvaluators
{
    private const int RequestsPerSet = 400;

    // DAYPASS_POLICY_PAIRS asks for a longer run, DAYPASS_POLICY_SEED for another one.
    private static readonly int Sets = Setting("DAYPASS_POLICY_PAIRS", 1_000_000) / RequestsPerSet;
    private static readonly int FirstSeed = Setting("DAYPASS_POLICY_SEED", 20_261_122);

    [Fact]
    public void They_agree_on_a_million_random_requests()
    {
        var reasons = new ConcurrentDictionary<(DenialReason, PolicyType?), int>();
        var differences = new ConcurrentQueue<string>();
        Parallel.For(FirstSeed, FirstSeed + Sets, (seed, loop) =>
        {
            var random = new AdversarialPolicies(seed);
            var set = random.Set();
            var plain = new PlainEvaluator(set);
            for (var i = 0; i < RequestsPerSet && differences.IsEmpty; i++)
            {
                var request = random.Request();
                var (decision, expected) = (PolicyEvaluator.Evaluate(request, set), plain.Decide(request));
                if ((decision.Reason, decision.DecidedBy) != expected || decision.IsAllowed != (expected.Reason == DenialReason.None))
                    differences.Enqueue(Describe(seed, set, request, decision, expected));
                reasons.AddOrUpdate(expected, 1, static (_, count) => count + 1);
            }
        });
        Assert.True(differences.IsEmpty, differences.FirstOrDefault());
        if (Sets < 1000)
            return;
        // Whatever can come of a request came often enough to be worth something.
        Assert.All(Enum.GetValues<DenialReason>(), reason => Assert.True(reasons.Where(pair => pair.Key.Item1 == reason).Sum(pair => pair.Value) > Sets * RequestsPerSet / 500, $"{reason}"));
        Assert.All(Enum.GetValues<PolicyType>(), type => Assert.True(reasons.GetValueOrDefault((DenialReason.ExplicitDeny, type)) > Sets / 10, $"Deny of {type}"));
    }

    private static string Describe(int seed, PolicySet set, AccessRequest request, Decision decision, (DenialReason, PolicyType?) expected) => string.Join('\n',
        $"seed {seed}: {request.Principal.Kind} {request.Principal.Arn} {request.Action} on {request.Resource} of {request.ResourceAccount}, trust {request.IsTrust}",
        $"the engine says {decision.Reason} by {decision.DecidedBy}, the plain evaluator {expected}",
        string.Join("; ", request.Context.All.Select(entry => $"{entry.Key}={string.Join('|', entry.Value.Values)}{(entry.Value.IsList ? " (list)" : "")}")),
        PolicyEvaluator.Explain(request, set).ToText(),
        string.Join('\n', All(set).Select(policy => $"{policy.Document.Type} {policy.Document.Text}")));

    private static IEnumerable<Policy> All(PolicySet set) =>
        [.. set.Identity, .. set.Boundary is { } boundary ? [boundary] : Array.Empty<Policy>(), .. set.Session ?? [], .. set.Resource, .. set.ServiceControl.SelectMany(level => level), .. set.ResourceControl.SelectMany(level => level)];

    private static int Setting(string name, int normal) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : normal;
}
