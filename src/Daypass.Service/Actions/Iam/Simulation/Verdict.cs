using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>What the engine said of one action on one resource, in the simulator's words. Everything in it is read off the trace.</summary>
/// <param name="Resource">The ARN, or <c>*</c>.</param>
/// <param name="Trace">The engine's answer.</param>
/// <param name="Explains">Whether the whole trace is shown as text, which AWS's simulator has no word for.</param>
internal sealed record Verdict(string Resource, Trace Trace, bool Explains) : IShape
{
    public Ruling Ruling => Rulings.Of(Trace.Decision);

    /// <summary>Where service control policies refuse, AWS's simulator stops and tells nothing of the other policies.</summary>
    public bool IsStopped => Trace.Decision.DecidedBy == PolicyType.ServiceControl;

    public IReadOnlyList<MatchedStatement> Matched => IsStopped ? [] : MatchedStatement.Of(Trace);

    /// <summary>
    /// The keys that the policies ask for and nobody gave, once the answer may hang on them: of every statement, as AWS's simulator lists them, also
    /// of those for other actions. The organization's policies are not the asker's business.
    /// </summary>
    public IReadOnlyList<string> MissingKeys => IsStopped || Ruling != Ruling.ImplicitDeny
        ? []
        : [.. ContextKeys.Of(Policies()).Where(key => !Trace.Request.Context.TryGet(key, out _))];

    /// <summary>Null when no boundary is in play.</summary>
    public bool? IsAllowedByBoundary => !IsStopped && Find(PolicyType.Boundary) is { } boundary ? boundary.Outcome == TracedOutcome.Allows : null;

    /// <summary>What each type of policy says, when caller and owner are of two accounts; null in one account.</summary>
    public IReadOnlyList<KeyValuePair<string, Ruling>>? Details => IsStopped || Trace.IsSameAccount
        ? null
        : [.. Trace.Sets.Where(set => set.Level is null).Select(set => KeyValuePair.Create(MatchedStatement.TypeOf(set.Type), Rulings.Of(set.Outcome)))];

    public string? Explanation => Explains ? Trace.ToText() : null;

    public void Write(ShapeWriter writer)
    {
        writer.Text("EvalResourceName", Resource);
        writer.Text("EvalResourceDecision", Ruling.Text());
        writer.List("MatchedStatements", Matched is { Count: > 0 } matched ? matched : null);
        writer.TextList("MissingContextValues", MissingKeys is { Count: > 0 } missing ? missing : null);
        writer.TextMap("EvalDecisionDetails", Details?.Select(detail => KeyValuePair.Create(detail.Key, detail.Value.Text())));
        writer.Structure("PermissionsBoundaryDecisionDetail", FlagShape.Boundary(IsAllowedByBoundary));
        writer.Text("Explanation", Explanation);
    }

    private TracedSet? Find(PolicyType type) => Trace.Sets.FirstOrDefault(set => set.Type == type);

    private IEnumerable<Policy> Policies() =>
        Trace.Sets.Where(set => set.Type != PolicyType.ServiceControl).SelectMany(set => set.Policies).Select(traced => traced.Policy);
}
