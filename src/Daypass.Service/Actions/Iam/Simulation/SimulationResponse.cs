using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>One page of results.</summary>
internal sealed record SimulationResponse(IReadOnlyList<ActionResult> Results, string? Marker) : IShape
{
    /// <summary>How the roles of a chain were assumed; null without a chain.</summary>
    public ChainWalk? Chain { get; init; }

    /// <exception cref="ApiException">InvalidInput: the marker is none of ours, or one action alone is too much work.</exception>
    public static SimulationResponse Of(SimulationRequest request, Simulation simulation, Func<string, string, Verdict> ask, bool isInOrganization)
    {
        var items = Items(request);
        var work = WorkOf(simulation, request);
        var results = new List<ActionResult>();
        var (next, spent) = (request.Paging.Start, 0L);
        for (; next < items.Count && results.Count < request.Paging.MaxItems && (results.Count == 0 || spent + work <= SimulationForm.WorkPerPage); next++)
        {
            var (action, resources) = items[next];
            results.Add(new ActionResult(action, [.. resources.Select(resource => ask(action, resource))], isInOrganization));
            spent += work;
        }
        return new SimulationResponse(results, next < items.Count ? SimulationPaging.MarkerAt(next) : null);
    }

    public void Write(ShapeWriter writer)
    {
        writer.List("EvaluationResults", Results);
        writer.Flag("IsTruncated", Marker is not null);
        writer.Text("Marker", Marker);
        writer.List("RoleChainResults", Chain?.Links);
        writer.Text("FailedRoleArn", Chain is { Session: null } ? Chain.Links[^1].RoleArn : null);
    }

    private static IReadOnlyList<(string Action, IReadOnlyList<string> Resources)> Items(SimulationRequest request) => SimulationForm.OneResultPerAction
        ? [.. request.Actions.Select(action => (action, request.Resources))]
        : [.. request.Actions.SelectMany(action => request.Resources, (action, resource) => (action, (IReadOnlyList<string>)[resource]))];

    /// <summary>What one action costs at most. Text counts beside statements, for one statement may hold a thousand patterns.</summary>
    private static long WorkOf(Simulation simulation, SimulationRequest request)
    {
        var policies = simulation.Policies;
        IEnumerable<Policy?> all =
            [.. policies.Identity, .. policies.Session ?? [], .. policies.ServiceControl.SelectMany(level => level), policies.Boundary, simulation.ResourcePolicy, (simulation.Trust as PassedTrust)?.Policy];
        var work = (simulation.Explains ? SimulationForm.WorkOfExplaining : 1) * request.Resources.Count * (1 + all.OfType<Policy>().Sum(policy => policy.Document.Statements.Count + (policy.Document.Text.Length / 100L)));
        return work <= SimulationForm.WorkPerPage
            ? work
            : throw Errors.InvalidInput($"The simulation is too large: {request.Resources.Count} resources under these policies. Pass fewer ResourceArns{(simulation.Explains ? ", or do without Explain" : "")}.");
    }
}
