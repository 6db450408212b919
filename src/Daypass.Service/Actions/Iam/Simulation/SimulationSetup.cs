using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>Turns the parameters that both Simulate actions share into a simulation.</summary>
internal static class SimulationSetup
{
    /// <summary>The simulation of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="policies">What is the caller's.</param>
    /// <param name="scene">The asker's account.</param>
    /// <param name="source">Whose policies are simulated; null for policies given as text.</param>
    /// <exception cref="ApiException">InvalidInput.</exception>
    public static Simulation Of(SimulationRequest request, PolicySet policies, SourceEntity? source, Scene scene)
    {
        var caller = new SimulatedCallerFinder(request, source, scene).Find();
        return new Simulation
        {
            Caller = caller,
            Context = ContextEntries.On(request.Context, caller.Keys),
            // Along a chain the session policies are those of its last session.
            Policies = request.Extensions.Chain.Count > 0 ? policies : policies with { Session = SessionPoliciesOf(request) },
            ResourcePolicy = request.ResourcePolicy is { } document ? InputPolicies.Parse(document, PolicyType.Resource, "ResourcePolicy", "Resource policy input") : null,
            Owner = request.ParseOwner(),
            Trust = TrustOf(request, scene),
            Explains = request.Extensions.Explains,
        };
    }

    /// <summary>The session policies that were passed; null for none.</summary>
    public static IReadOnlyList<Policy>? SessionPoliciesOf(SimulationRequest request) =>
        request.Extensions.SessionPolicies is { Count: > 0 } texts ? InputPolicies.Parse(texts, "SessionPolicyInputList") : null;

    private static ITrustSource? TrustOf(SimulationRequest request, Scene scene)
    {
        if (request.Extensions.TrustPolicy is { } text)
            return new PassedTrust(InputPolicies.Parse(text, PolicyType.Trust, "TrustPolicy", "Trust policy input"));
        return request.Extensions.UsesTrustPolicies
            ? StoredTrust.Of(StoredTrust.RolesAmong(request.Resources, scene.Caller.Account), scene.Home, request.Extensions.SessionName)
            : null;
    }
}
