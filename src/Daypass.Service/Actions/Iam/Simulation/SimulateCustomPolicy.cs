using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>What policies given as text would allow. It looks at nothing that is stored.</summary>
internal sealed class SimulateCustomPolicy : ApiAction<SimulateCustomPolicy.Request, SimulationResponse>
{
    internal sealed record Request(SimulationRequest Common, IReadOnlyList<IReadOnlyList<string>> Organization);

    public override bool IsReadOnly => true;

    public override bool IsHeavy => true;

    public override Request Read(Parameters wire) =>
        new(SimulationRequest.Read(wire, InputPolicies.ReadRequired(wire, "PolicyInputList"), SimulationExtensions.ReadOfCustom(wire)), OrganizationLevels.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("iam:" + Name, "*", scene.Caller.Account));

    public override Outcome<SimulationResponse> Run(Request request, Scene scene)
    {
        SimulationChecks.Check(request.Common);
        var policies = new PolicySet
        {
            Identity = InputPolicies.Parse(request.Common.Policies, "PolicyInputList"),
            Boundary = request.Common.ParseBoundary(),
            ServiceControl = OrganizationLevels.Parse(request.Organization),
        };
        var simulation = SimulationSetup.Of(request.Common, policies, null, scene);
        return new(SimulationResponse.Of(request.Common, simulation, simulation.Ask, request.Organization.Count > 0));
    }
}
