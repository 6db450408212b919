using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>A statement that the answer rests on, and where it stands in the text as it was supplied.</summary>
internal sealed record MatchedStatement(PolicyType Type, Policy Policy, Statement Statement) : IShape
{
    /// <summary>
    /// The statements that made the answer: every matching Deny of an explicit denial, every matching Allow that granted. Limits (boundaries,
    /// session policies) grant nothing, so their Allows are not among them; those of an organization never are.
    /// </summary>
    public static IReadOnlyList<MatchedStatement> Of(Trace trace) => Rulings.Of(trace.Decision) switch
    {
        Ruling.ExplicitDeny => [.. Matching(trace.Sets.Where(set => set.Level is null), traced => traced.Statement.IsDeny)],
        Ruling.Allowed => [.. Matching(trace.Sets.Where(set => IsGranting(set, trace)), traced => !traced.Statement.IsDeny)],
        _ => [],
    };

    /// <summary>The texts that AWS's simulator sends; they are not those of its model's enumeration. The last two are Daypass's own.</summary>
    public static string TypeOf(PolicyType type) => type switch
    {
        PolicyType.Boundary => "Permissions Boundary Policy",
        PolicyType.Resource => "Resource Policy",
        PolicyType.Trust => "Trust Policy",
        PolicyType.Session => "Session Policy",
        _ => "IAM Policy",
    };

    public void Write(ShapeWriter writer)
    {
        writer.Text("SourcePolicyId", Policy.Id);
        writer.Text("SourcePolicyType", TypeOf(Type));
        writer.Structure("StartPosition", new Position(Statement.Start));
        writer.Structure("EndPosition", new Position(Statement.End));
    }

    private static IEnumerable<MatchedStatement> Matching(IEnumerable<TracedSet> sets, Func<TracedStatement, bool> isWanted) =>
        (from set in sets
        from policy in set.Policies
        from traced in policy.Statements
        where traced.IsMatch && isWanted(traced)
        select new MatchedStatement(set.Type, traced.Policy, traced.Statement)).Distinct();

    private static bool IsGranting(TracedSet set, Trace trace) => set.Type switch
    {
        // Within an account, an owner that names only the account leaves it to the identity policies.
        PolicyType.Resource or PolicyType.Trust => !trace.IsSameAccount || set.NamedAs > PrincipalMatch.Account,
        // Past a limit that is silent only the owner's direct grant led.
        PolicyType.Identity => trace.Sets.All(limit => limit.Type is not (PolicyType.Boundary or PolicyType.Session) || limit.Outcome == TracedOutcome.Allows),
        _ => false,
    };

    private sealed record Position(TextPosition At) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Number("Line", At.Line);
            writer.Number("Column", At.Column);
        }
    }
}
