using Daypass.Policies.Conditions;
using Daypass.Policies.Matching;

namespace Daypass.Policies.Explaining;

/// <summary>Asks each statement, element by element, by the checks that decisions are made of.</summary>
internal readonly ref struct Explanation(Subject subject, PolicySet policies)
{
    private readonly Subject _subject = subject;

    public Trace Explain() => new(_subject.Request, new Evaluation(_subject, policies).Decide(), Sets());

    private List<TracedSet> Sets()
    {
        var sets = new List<TracedSet>();
        for (var i = 0; i < policies.ResourceControl.Count; i++)
            sets.Add(Set(PolicyType.ResourceControl, i, policies.ResourceControl[i]));
        for (var i = 0; i < policies.ServiceControl.Count; i++)
            sets.Add(Set(PolicyType.ServiceControl, i, policies.ServiceControl[i]));
        sets.Add(Set(policies.TypeOfResource, null, policies.Resource));
        sets.Add(Set(PolicyType.Identity, null, policies.Identity));
        if (policies.Boundary is { } boundary)
            sets.Add(Set(PolicyType.Boundary, null, [boundary]));
        if (policies.Session is { } session)
            sets.Add(Set(PolicyType.Session, null, session));
        return sets;
    }

    private TracedSet Set(PolicyType type, int? level, IReadOnlyList<Policy> members)
    {
        var traced = new TracedPolicy[members.Count];
        for (var i = 0; i < traced.Length; i++)
            traced[i] = new(members[i], Statements(type, members[i]));
        return new(type, level, traced);
    }

    private TracedStatement[] Statements(PolicyType type, Policy policy)
    {
        var statements = policy.Document.Statements;
        var traced = new TracedStatement[statements.Count];
        for (var i = 0; i < traced.Length; i++)
            traced[i] = Statement(type, policy, statements[i], i);
        return traced;
    }

    private TracedStatement Statement(PolicyType type, Policy policy, Statement statement, int index)
    {
        var shortfalls = new List<Shortfall>();
        var named = PrincipalMatch.None;
        if (type is PolicyType.Resource or PolicyType.Trust or PolicyType.ResourceControl)
        {
            named = statement.MatchPrincipal(_subject, policy);
            if (named == PrincipalMatch.None)
                shortfalls.Add(new(StatementElement.Principal, null, []));
        }
        if (!statement.IsActionMatched(_subject))
            shortfalls.Add(new(StatementElement.Action, null, []));
        if (!statement.IsResourceMatched(_subject))
            shortfalls.Add(new(StatementElement.Resource, null, Missing(statement.ResourceKeys)));
        foreach (var condition in statement.Conditions)
        {
            if (!condition.IsMet(_subject.Context))
                shortfalls.Add(Unmet(condition));
        }
        return new(policy, statement, index, named, shortfalls);
    }

    private Shortfall Unmet(Condition condition)
    {
        var found = _subject.Context.TryGet(condition.Key, out var value) ? value.Values : null;
        var traced = new TracedCondition(condition.Name.ToString(), condition.Key, condition.Values, found);
        return new(StatementElement.Condition, traced, Missing(condition.Operands.Keys.Prepend(condition.Key)));
    }

    private List<string> Missing(IEnumerable<string> keys)
    {
        var missing = new List<string>();
        foreach (var key in keys)
        {
            if (!_subject.Context.TryGet(key, out _) && !missing.Contains(key, StringComparer.OrdinalIgnoreCase))
                missing.Add(key);
        }
        return missing;
    }
}
