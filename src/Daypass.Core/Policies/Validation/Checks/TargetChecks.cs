using Daypass.Policies.Matching;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Actions and resources of one statement that have nothing to do with each other, such as an object action on the ARN of a bucket.</summary>
internal static class TargetChecks
{
    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var statement in policy.Statements.Where(statement => statement.Resources.Count > 0 && statement.Actions.Count > 0))
        {
            var resources = statement.Resources.Select(resource => (Place: resource, Shape: new ResourceShape(resource.Text, policy.HasVariables))).ToList();
            if (resources.Exists(resource => resource.Shape.IsEverything))
                continue;
            var types = new Dictionary<ServiceFacts, ulong>();
            foreach (var action in statement.Actions)
                Action(action, resources, types, findings);
        }
    }

    private static void Action(Place action, List<(Place Place, ResourceShape Shape)> resources, Dictionary<ServiceFacts, ulong> types, Findings findings)
    {
        var colon = action.Text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || ServiceTable.Find(action.Text[..colon]) is not { } service)
            return;
        if (!types.TryGetValue(service, out var found))
            types.Add(service, found = TypesOf(service, resources));
        var matching = service.Matching(new ActionPattern(action.Text)).ToList();
        if (matching.Count == 0 || matching.Exists(each => (each.Resources & found) != 0))
            return;
        var wanted = service.Resources.Where((_, i) => matching.Exists(each => (each.Resources & (1UL << i)) != 0)).Select(resource => resource.Pattern).Take(3).ToList();
        findings.Add(Issues.ActionWithoutMatchingResource, action, wanted.Count == 0
            ? $"{Words.Quote(action.Text)} is about no resource in particular: it needs the resource '*'."
            : $"{Words.Quote(action.Text)} is about none of these resources: it takes ARNs like {string.Join(" or ", wanted)}.", resources[0].Place);
    }

    private static ulong TypesOf(ServiceFacts service, List<(Place Place, ResourceShape Shape)> resources)
    {
        var types = 0UL;
        foreach (var (_, shape) in resources)
            types |= service.TypesOf(shape);
        return types;
    }
}
