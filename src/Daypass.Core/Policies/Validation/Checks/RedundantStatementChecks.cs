namespace Daypass.Policies.Validation.Checks;

/// <summary>Statements that another statement of the same effect covers: whatever they apply to, that one applies to as well.</summary>
internal static class RedundantStatementChecks
{
    private const int MaxPairs = 10_000;

    private static readonly string[] Compared = ["Effect", "Action", "Resource", "Principal", "NotAction", "NotResource", "NotPrincipal", "Condition", "Sid"];

    public static void Run(PolicyDraft policy, Findings findings)
    {
        var (actions, resources) = (new Coverage(variables: false), new Coverage(policy.HasVariables));
        var pairs = 0;
        var statements = policy.Statements.Where(IsComplete).ToList();
        for (var i = 0; i < statements.Count; i++)
        {
            for (var j = 0; j < statements.Count && pairs < MaxPairs; j++)
            {
                if (i == j)
                    continue;
                pairs++;
                var isCovered = Covers(statements[j], statements[i], actions, resources) && !(i < j && Covers(statements[i], statements[j], actions, resources));
                if (!isCovered)
                    continue;
                findings.Add(Issues.RedundantStatement, statements[i].Place, "Another statement applies to everything that this one applies to, with the same effect. Leave this one out.", statements[j].Place);
                break;
            }
        }
    }

    /// <summary>Whether all of a statement is understood.</summary>
    private static bool IsComplete(StatementDraft statement) =>
        (statement.IsAllow || statement.IsDeny) && statement.Place.Json.Members.Keys.All(name => Compared.Contains(name, StringComparer.Ordinal))
        && statement.Conditions.All(condition => condition.Name is not null);

    private static bool Covers(StatementDraft wide, StatementDraft narrow, Coverage actions, Coverage resources) =>
        wide.IsAllow == narrow.IsAllow
        && OfPrincipals(wide, narrow, actions) && OfConditions(wide, narrow, actions)
        && OfLists(wide.Actions, narrow.Actions, actions, actions.OfActions) && OfExceptions(wide, narrow, "NotAction", wide.NotActions, narrow.NotActions, actions)
        && OfLists(wide.Resources, narrow.Resources, resources, resources.OfResources) && OfExceptions(wide, narrow, "NotResource", wide.NotResources, narrow.NotResources, resources);

    /// <summary>Both have the element, and each entry of the narrow one is covered; or neither has it.</summary>
    private static bool OfLists(IReadOnlyList<Place> wide, IReadOnlyList<Place> narrow, Coverage budget, Func<string, string, bool> covers)
    {
        if (wide.Count > 0 != narrow.Count > 0 || !budget.Charge(wide.Count + narrow.Count))
            return false;
        var texts = TextsOf(wide);
        return narrow.All(entry => texts.Contains(entry.Text) || (budget.Charge(wide.Count) && wide.Any(other => covers(other.Text, entry.Text))));
    }

    /// <summary>What the wide one leaves out the narrow one leaves out, too.</summary>
    private static bool OfExceptions(StatementDraft wide, StatementDraft narrow, string element, IReadOnlyList<Place> wider, IReadOnlyList<Place> narrower, Coverage budget)
    {
        if (wide.Has(element) != narrow.Has(element) || !budget.Charge(wider.Count + narrower.Count))
            return false;
        var texts = TextsOf(narrower);
        return wider.All(entry => texts.Contains(entry.Text));
    }

    private static bool OfPrincipals(StatementDraft wide, StatementDraft narrow, Coverage budget)
    {
        if (wide.Has("NotPrincipal") || narrow.Has("NotPrincipal") || wide.Has("Principal") != narrow.Has("Principal") || !budget.Charge(wide.Principals.Count + narrow.Principals.Count))
            return false;
        var named = wide.Principals.Select(principal => (principal.Kind, principal.Text)).ToHashSet();
        return narrow.Principals.All(principal => named.Contains((principal.Kind, principal.Text)));
    }

    /// <summary>Each condition of the wide one stands in the narrow one as well, value by value.</summary>
    private static bool OfConditions(StatementDraft wide, StatementDraft narrow, Coverage budget) =>
        budget.Charge((long)wide.Conditions.Count * narrow.Conditions.Count)
        && wide.Conditions.All(condition => narrow.Conditions.Any(other =>
            other.Operator.Name == condition.Operator.Name && other.IsOn(condition.Key.Name)
            && other.Values.Select(value => value.Text).SequenceEqual(condition.Values.Select(value => value.Text), StringComparer.Ordinal)));

    private static HashSet<string> TextsOf(IReadOnlyList<Place> entries) => entries.Select(entry => entry.Text).ToHashSet(StringComparer.Ordinal);
}
