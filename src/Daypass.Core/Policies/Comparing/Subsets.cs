namespace Daypass.Policies.Comparing;

/// <summary>All choices from a few.</summary>
internal static class Subsets
{
    private const int Most = 12;

    /// <summary>Every subset, the empty one first; it alone, and the limit exhausted, if there are too many.</summary>
    public static IEnumerable<HashSet<string>> Of(IReadOnlyList<string> members, WorkLimit limit)
    {
        yield return [];
        if (members.Count > Most)
            limit.Exhaust();
        if (members.Count == 0 || limit.IsExhausted)
            yield break;
        for (var choice = 1; choice < 1 << members.Count; choice++)
        {
            var bits = choice;
            yield return [.. members.Where((_, i) => (bits & (1 << i)) != 0)];
        }
    }
}
