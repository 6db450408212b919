namespace Daypass.Policies.Matching;

/// <summary>
/// Wildcard matching without recursion: one place to go back to, so the work is at most pattern times text. A pattern is a list
/// of codes, in which wildcards are no characters: substituted text can never become one.
/// </summary>
internal static class Glob
{
    /// <summary>Any run of characters, none included.</summary>
    public const int AnyRun = -1;

    /// <summary>Exactly one character.</summary>
    public const int AnyOne = -2;

    public static bool IsMatch(ReadOnlySpan<int> pattern, ReadOnlySpan<char> text)
    {
        int at = 0, next = 0, star = -1, starText = 0;
        while (at < text.Length)
        {
            if (next < pattern.Length && (pattern[next] == text[at] || pattern[next] == AnyOne))
            {
                next++;
                at++;
            }
            else if (next < pattern.Length && pattern[next] == AnyRun)
            {
                star = next++;
                starText = at;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++starText;
            }
            else
            {
                return false;
            }
        }
        return pattern[next..].IndexOfAnyExcept(AnyRun) < 0;
    }

    /// <summary>How many runs of <c>*</c> a pattern's text has.</summary>
    public static int CountStars(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '*' && (i == 0 || text[i - 1] != '*'))
                count++;
        }
        return count;
    }
}
