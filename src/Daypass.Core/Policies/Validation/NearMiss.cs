namespace Daypass.Policies.Validation;

/// <summary>What somebody who mistyped a name most likely meant.</summary>
internal static class NearMiss
{
    private const int MaxLength = 64;

    /// <summary>The nearest of the names, if it is near enough to be no guess; names that differ by case only come first.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        if (written.Length is 0 or > MaxLength)
            return null;
        var best = Math.Max(1, written.Length / 4) + 1;
        string? nearest = null;
        Span<int> rows = stackalloc int[3 * (MaxLength + 1)];
        foreach (var name in names)
        {
            if (name.Length > MaxLength || Math.Abs(name.Length - written.Length) >= best)
                continue;
            var distance = Distance(written, name, rows);
            if (distance >= best)
                continue;
            best = distance;
            nearest = name;
        }
        return nearest;
    }

    /// <summary>Damerau's distance restricted to neighbours (insert, delete, replace, swap), ignoring case, in three rows of a table.</summary>
    private static int Distance(string left, string right, Span<int> rows)
    {
        var width = right.Length + 1;
        Span<int> before = rows[..width], above = rows.Slice(MaxLength + 1, width), current = rows.Slice(2 * (MaxLength + 1), width);
        for (var j = 0; j < width; j++)
            above[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j < width; j++)
                current[j] = Step(left, right, i, j, before, above, current);
            var free = before;
            before = above;
            above = current;
            current = free;
        }
        return above[right.Length];
    }

    private static int Step(string left, string right, int i, int j, ReadOnlySpan<int> before, ReadOnlySpan<int> above, ReadOnlySpan<int> current)
    {
        var distance = Math.Min(Math.Min(above[j] + 1, current[j - 1] + 1), above[j - 1] + (IsSame(left[i - 1], right[j - 1]) ? 0 : 1));
        var isSwap = i > 1 && j > 1 && IsSame(left[i - 1], right[j - 2]) && IsSame(left[i - 2], right[j - 1]);
        return isSwap ? Math.Min(distance, before[j - 2] + 1) : distance;
    }

    private static bool IsSame(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
