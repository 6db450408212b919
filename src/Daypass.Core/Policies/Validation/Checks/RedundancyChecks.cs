namespace Daypass.Policies.Validation.Checks;

/// <summary>Entries of a list that another entry of the same list covers.</summary>
internal static class RedundancyChecks
{
    public static void Run(PolicyDraft policy, Findings findings)
    {
        var (actions, resources) = (new Coverage(variables: false), new Coverage(policy.HasVariables));
        foreach (var statement in policy.Statements)
        {
            Covered(statement.Actions, actions, actions.OfActions, Issues.RedundantAction, findings);
            Covered(statement.NotActions, actions, actions.OfActions, Issues.RedundantAction, findings);
            Covered(statement.Resources, resources, resources.OfResources, Issues.RedundantResource, findings);
            Covered(statement.NotResources, resources, resources.OfResources, Issues.RedundantResource, findings);
        }
    }

    /// <summary>Of two that cover each other the first stays.</summary>
    internal static void Covered(IReadOnlyList<Place> entries, Coverage budget, Func<string, string, bool> covers, Issue issue, Findings findings)
    {
        if (entries.Count < 2)
            return;
        var firsts = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        var single = new List<Place>();
        foreach (var entry in entries)
        {
            if (firsts.TryAdd(entry.Text, entry) || !IsSame(firsts[entry.Text].Text, entry.Text, covers))
                single.Add(entry);
            else
                Add(entry, firsts[entry.Text], issue, findings);
        }
        // Who covers others has a wildcard.
        var wide = single.Where(entry => entry.Text.AsSpan().ContainsAny('*', '?') || IsShort(entry.Text)).ToList();
        foreach (var entry in single)
        {
            if (!budget.Charge(wide.Count))
                return;
            if (wide.Find(other => other != entry && covers(other.Text, entry.Text) && !(IsBefore(entry, other) && covers(entry.Text, other.Text))) is { } other)
                Add(entry, other, issue, findings);
        }
    }

    private static bool IsSame(string first, string text, Func<string, string, bool> covers) => first == text || covers(first, text);

    /// <summary>An ARN with fields left out, which count as wildcards.</summary>
    private static bool IsShort(string text) => text.StartsWith("arn:", StringComparison.Ordinal) && text.AsSpan().Count(':') < Matching.ArnFields.Count - 1;

    private static bool IsBefore(Place entry, Place other) => entry.Json.Start < other.Json.Start;

    private static void Add(Place entry, Place other, Issue issue, Findings findings) =>
        findings.Add(issue, entry, $"{Words.Quote(entry.Text)} is covered by {Words.Quote(other.Text)} in the same list. Leave it out.", other);
}
