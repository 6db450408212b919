using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>What came out for one action: the verdicts on its resources, and on top what they come to together.</summary>
/// <param name="Action">As the caller wrote it.</param>
/// <param name="Verdicts">One per resource, in the order of the request; at least one.</param>
/// <param name="IsInOrganization">Whether service control policies stand above the caller.</param>
internal sealed record ActionResult(string Action, IReadOnlyList<Verdict> Verdicts, bool IsInOrganization) : IShape
{
    /// <summary>A simulation without resources asks about <c>*</c> once and has no results per resource.</summary>
    private bool HasResources => Verdicts is not [{ Resource: "*" }];

    public Ruling Ruling => Verdicts.Max(verdict => verdict.Ruling);

    public void Write(ShapeWriter writer)
    {
        writer.Text("EvalActionName", Action);
        writer.Text("EvalResourceName", Verdicts is [var only] ? only.Resource : "*");
        writer.Text("EvalDecision", Ruling.Text());
        writer.List("MatchedStatements", Matched());
        writer.TextList("MissingContextValues", Verdicts.SelectMany(verdict => verdict.MissingKeys).Distinct(StringComparer.OrdinalIgnoreCase));
        writer.Structure("OrganizationsDecisionDetail", FlagShape.Organizations(IsInOrganization ? Verdicts.All(verdict => !verdict.IsStopped) : null));
        writer.Structure("PermissionsBoundaryDecisionDetail", FlagShape.Boundary(AllOf(verdict => verdict.IsAllowedByBoundary)));
        writer.TextMap("EvalDecisionDetails", Details());
        writer.List("ResourceSpecificResults", HasResources ? Verdicts : null);
        writer.Text("Explanation", HasResources ? null : Verdicts[0].Explanation);
    }

    /// <summary>Each once; of an explicit denial only those that deny.</summary>
    private IEnumerable<MatchedStatement> Matched() =>
        Verdicts.SelectMany(verdict => verdict.Matched).Where(matched => Ruling != Ruling.ExplicitDeny || matched.Statement.IsDeny).Distinct();

    private bool? AllOf(Func<Verdict, bool?> flag) =>
        Verdicts.Select(flag).OfType<bool>().ToArray() is { Length: > 0 } flags ? flags.All(value => value) : null;

    /// <summary>Across accounts the most restrictive of each type; within an account empty, and absent when there are no resources or the simulation was stopped.</summary>
    private IEnumerable<KeyValuePair<string, string>>? Details()
    {
        if (!HasResources || Verdicts.Any(verdict => verdict.IsStopped))
            return null;
        return Verdicts.SelectMany(verdict => verdict.Details ?? [])
            .GroupBy(detail => detail.Key, detail => detail.Value)
            .Select(type => KeyValuePair.Create(type.Key, type.Max().Text()));
    }
}
