namespace Daypass.Signing;

/// <summary>
/// X-Amz-Region-Set: where a SigV4a signature is good. Names of regions, separated by commas, in which <c>*</c> stands for any run of
/// characters: <c>us-east-1</c>, <c>us-*,eu-west-1</c>, <c>*</c>.
/// </summary>
internal static class RegionSet
{
    /// <summary>All regions that AWS has, by name, are a quarter of it.</summary>
    public const int Longest = 2048;

    /// <summary>Whether a region is in a set. A set with one malformed part is in none. With no region, whether the set is well formed.</summary>
    public static bool Covers(ReadOnlySpan<char> set, string? region)
    {
        if (set.Length > Longest)
            return false;
        var isCovered = region is null;
        foreach (var range in set.Split(','))
        {
            var pattern = set[range].Trim(' ');
            if (!IsPattern(pattern))
                return false;
            isCovered = isCovered || Matches(pattern, region);
        }
        return isCovered;
    }

    private static bool IsPattern(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character != '*' && !SigV4Scope.IsInRegion(character))
                return false;
        }
        return text.Length is >= 1 and <= SigV4Scope.LongestRegion;
    }

    // One place to go back to, so the work is at most pattern times text.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int at = 0, next = 0, star = -1, starText = 0;
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
                (star, starText) = (next++, at);
            else if (next < pattern.Length && pattern[next] == text[at])
                (next, at) = (next + 1, at + 1);
            else if (star >= 0)
                (next, at) = (star + 1, ++starText);
            else
                return false;
        }
        return pattern[next..].IndexOfAnyExcept('*') < 0;
    }
}
