using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>What a user, group or role of the account would be allowed, by the very policies that its calls are decided by.</summary>
internal sealed class SimulatePrincipalPolicy : ApiAction<SimulatePrincipalPolicy.Request, SimulationResponse>
{
    internal sealed record Request(string SourceArn, SimulationRequest Common, IReadOnlyList<PolicyExclusion> Exclusions);

    public override bool IsReadOnly => true;

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("PolicySourceArn", TextRules.Arn),
        SimulationRequest.Read(wire, InputPolicies.Read(wire, "PolicyInputList")),
        PolicyExclusion.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(SourceEntity.Parse(request.SourceArn).Ask(scene, Name));

    public override Outcome<SimulationResponse> Run(Request request, Scene scene)
    {
        SimulationChecks.Check(request.Common);
        var source = SourceEntity.Parse(request.SourceArn);
        var own = SimulatedPolicies.Of(source.Require(scene.Home), scene.Home).Without(request.Exclusions);
        var policies = new PolicySet
        {
            Identity = [.. own.Identity, .. InputPolicies.Parse(request.Common.Policies, "PolicyInputList")],
            Boundary = request.Common.ParseBoundary() ?? own.Boundary,
        };
        var simulation = SimulationSetup.Of(request.Common, policies, SimulationSetup.CallerOf(request.Common, source, scene));
        return new(SimulationResponse.Of(request.Common, simulation.Policies, simulation.Ask, IsInOrganization(request, scene)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SourceEntity.Parse(request.SourceArn).Resource];

    /// <summary>An organization's service control policies count unless they are left out; no organization here has any yet.</summary>
    private static bool IsInOrganization(Request request, Scene scene) =>
        RequestKeys.OrganizationOf(scene.Home) is not null && !request.Exclusions.Any(exclusion => exclusion.Type == "scp");
}
