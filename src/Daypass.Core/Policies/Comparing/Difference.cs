namespace Daypass.Policies.Comparing;

/// <summary>Whether anything of a box is left when others are taken off it.</summary>
internal static class Difference
{
    /// <summary>A part that none of the others meets; null if there is none, or if the limit was met.</summary>
    public static Box? Find(Box box, IReadOnlyList<Box> others, WorkLimit limit)
    {
        // Not by recursion: it would be as deep as there are statements.
        var open = new Stack<(Box Box, IReadOnlyList<Box> Others)>([(box, others)]);
        while (open.TryPop(out var next))
        {
            if (next.Box.IsEmpty)
                continue;
            if (!limit.TrySpend(((long)next.Others.Count + 1) * (next.Box.Words + 1)))
                return null;
            Box[] met = [.. next.Others.Where(other => other.Meets(next.Box))];
            if (met.Length == 0)
                return next.Box;
            // The one that leaves the fewest parts first: one that leaves none ends it.
            foreach (var part in next.Box.Without(met.MinBy(next.Box.CountOutside)!).Reverse())
                open.Push((part, met));
        }
        return null;
    }
}
