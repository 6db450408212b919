using Daypass.Policies.Matching;

namespace Daypass.Policies.Comparing;

/// <summary>The classes of actions, which are texts of the form <c>service:name</c>.</summary>
internal static class ActionSamples
{
    public static void Fill(Dimension actions, IReadOnlyList<Row> rows, Reading reading, WorkLimit limit)
    {
        var context = reading.Context;
        var written = rows.SelectMany(row => row.ActionTexts).ToArray();
        foreach (var action in written.Where(IsExact).Concat(Samples.Actions).Concat(written.Select(Samples.FillAction)).Where(IsAction).Distinct(StringComparer.Ordinal))
            Add(actions, action, written, rows, context, limit);
        if (reading.IsQuick)
            return;
        foreach (var found in TextClasses.Of(Shapes(rows), [TextShape.Action], limit))
            Add(actions, InCaseOf(written, found.Text), written, rows, context, limit);
    }

    private static TextShape[] Shapes(IReadOnlyList<Row> rows) =>
    [
        .. rows.SelectMany(row => row.Actions)
            .Where(action => action is { IsAlive: true, IsEverything: false })
            .Select(action => TextShape.Of(action.Pattern!, null)!)
            .DistinctBy(shape => shape.Codes, IntsComparer.Instance),
    ];

    private static void Add(Dimension actions, string action, string[] written, IReadOnlyList<Row> rows, RequestContext context, WorkLimit limit)
    {
        if (!limit.TrySpend(WorkLimit.Kept + rows.Count + written.Length))
            return;
        var lower = ActionPattern.Lower(action);
        actions.Add(new(action, draft => draft.Action = action), row => rows[row].IsAbout(lower, context));
    }

    private static bool IsExact(string action) => !action.AsSpan().ContainsAny('*', '?');

    private static bool IsAction(string action) => action.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon == action.LastIndexOf(':') && colon < action.Length - 1;

    /// <summary>Letter case counts for nothing, so it may as well be as in the policy.</summary>
    private static string InCaseOf(IEnumerable<string> written, string action)
    {
        var best = "";
        foreach (var text in written)
        {
            var wildcard = text.AsSpan().IndexOfAny('*', '?');
            var start = wildcard < 0 ? text : text[..wildcard];
            if (start.Length > best.Length && action.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                best = start;
        }
        return best + action[best.Length..];
    }
}
