namespace Daypass.Cli.Arguments;

/// <summary>What somebody who mistyped a name most likely meant.</summary>
internal static class Suggestion
{
    /// <summary>A sentence to append to an error, with its leading space; or nothing when no name is near.</summary>
    public static string For(string typed, IEnumerable<string> names, string prefix = "") =>
        Nearest(typed, names) is { } name ? $" Did you mean {prefix}{name}?" : "";

    private static string? Nearest(string typed, IEnumerable<string> names)
    {
        var best = names.Select(name => (Name: name, Distance: DistanceBetween(typed, name))).DefaultIfEmpty(("", int.MaxValue)).MinBy(pair => pair.Item2);
        // Half of the word may be wrong at most, or the guess would be noise.
        return best.Item2 <= Math.Max(2, typed.Length / 3) ? best.Item1 : Completed(typed, names);
    }

    // Who left the end of a name away is far from it, and still clear if only one begins so.
    private static string? Completed(string typed, IEnumerable<string> names) =>
        typed.Length >= 3 && names.Where(name => name.StartsWith(typed, StringComparison.Ordinal)).Take(2).ToArray() is [var only] ? only : null;

    // Damerau's distance restricted to neighbours: insert, delete, replace, swap.
    private static int DistanceBetween(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
                rows[i, j] = i == 0 ? j : j == 0 ? i : Step(rows, left, right, i, j);
        }
        return rows[left.Length, right.Length];
    }

    private static int Step(int[,] rows, string left, string right, int i, int j)
    {
        var cost = left[i - 1] == right[j - 1] ? 0 : 1;
        var distance = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
        var isSwap = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return isSwap ? Math.Min(distance, rows[i - 2, j - 2] + 1) : distance;
    }
}
