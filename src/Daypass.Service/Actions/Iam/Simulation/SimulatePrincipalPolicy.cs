using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>What a user, group or role of the account would be allowed, by the very policies that its calls are decided by.</summary>
internal sealed class SimulatePrincipalPolicy : ApiAction<SimulatePrincipalPolicy.Request, SimulationResponse>
{
    internal sealed record Request(string SourceArn, SimulationRequest Common, IReadOnlyList<PolicyExclusion> Exclusions);

    public override bool IsReadOnly => true;

    public override bool IsHeavy => true;

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("PolicySourceArn", TextRules.Arn),
        SimulationRequest.Read(wire, InputPolicies.Read(wire, "PolicyInputList"), SimulationExtensions.ReadOfPrincipal(wire)),
        PolicyExclusion.Read(wire));

    /// <summary>Whoever simulates with a role's policies, or with whom it trusts, must be allowed to look at that role as well.</summary>
    public override Question Ask(Request request, Scene scene)
    {
        var extensions = request.Common.Extensions;
        IEnumerable<SourceEntity> trusting = extensions.UsesTrustPolicies ? StoredTrust.RolesAmong(request.Common.Resources, scene.Caller.Account) : [];
        return new Question(
        [
            SourceEntity.Parse(request.SourceArn).Ask(scene, Name),
            .. RoleChain.Parse(extensions.Chain, scene).Select(role => role.Ask(scene, Name)),
            .. trusting.Select(role => role.Ask(scene, "GetRole")),
        ]);
    }

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
        return new(Respond(request, source, SimulationSetup.Of(request.Common, policies, source, scene), scene));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SourceEntity.Parse(request.SourceArn).Resource];

    private static SimulationResponse Respond(Request request, SourceEntity source, Simulation simulation, Scene scene)
    {
        var isInOrganization = IsInOrganization(request, scene);
        var roles = RoleChain.Parse(request.Common.Extensions.Chain, scene);
        if (roles.Count == 0)
            return SimulationResponse.Of(request.Common, simulation, simulation.Ask, isInOrganization);
        if (source.Noun == "group")
            throw Errors.InvalidInput("RoleChain needs a user or a role: a group assumes nothing.");
        var walk = RoleChain.Walk(simulation, roles, request.Common, scene.Home);
        return SimulationResponse.Of(request.Common, walk.Session ?? simulation, walk.Ask, isInOrganization) with { Chain = walk };
    }

    /// <summary>An organization's service control policies count unless they are left out; no organization here has any yet.</summary>
    private static bool IsInOrganization(Request request, Scene scene) =>
        RequestKeys.OrganizationOf(scene.Home) is not null && !request.Exclusions.Any(exclusion => exclusion.Type == "scp");
}
