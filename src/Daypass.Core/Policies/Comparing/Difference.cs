namespace Daypass.Policies.Comparing;

/// <summary>Whether anything of a box is left when others are taken off it.</summary>
internal static class Difference
{
    /// <summary>A part that none of the others meets; null if there is none, or if the limit was met.</summary>
    public static Box? Find(Box box, IReadOnlyList<Box> others, WorkLimit limit)
    {
        if (box.IsEmpty || !limit.TrySpend(((long)others.Count + 1) * box.Words))
            return null;
        var met = others.Where(other => other.Meets(box)).ToArray();
        if (met.Length == 0)
            return box;
        // The one that leaves the fewest parts first: one that leaves none ends it.
        var best = met.MinBy(box.CountOutside)!;
        foreach (var part in box.Without(best))
        {
            if (Find(part, met, limit) is { } found)
                return found;
        }
        return null;
    }
}
