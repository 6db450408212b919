using Daypass.Policies.Matching;

namespace Daypass.Policies.Variables;

/// <summary>
/// Matches a pattern's pieces against a text in place. Stars part the pieces into runs: the first run begins the text, the last one ends
/// it, and each between is taken where it is found first, since a later place never leaves more to the runs behind it. So nothing is
/// tried twice, and the work is at most the pattern's length times the text's.
/// </summary>
internal static class SegmentGlob
{
    public static bool IsMatch(ReadOnlySpan<Segment> pattern, ReadOnlySpan<char> text, RequestContext context)
    {
        var run = TakeRun(ref pattern, out var isLast);
        if (!TryLength(run, context, out var length) || (isLast ? length != text.Length : length > text.Length) || !IsAt(run, text, context))
            return false;
        text = text[length..];
        while (!isLast)
        {
            run = TakeRun(ref pattern, out isLast);
            if (!TryLength(run, context, out length) || length > text.Length)
                return false;
            if (isLast)
                return IsAt(run, text[^length..], context);
            var at = IndexOf(run, length, text, context);
            if (at < 0)
                return false;
            text = text[(at + length)..];
        }
        return true;
    }

    /// <summary>The pieces up to the next star, which is taken off with them.</summary>
    private static ReadOnlySpan<Segment> TakeRun(scoped ref ReadOnlySpan<Segment> pattern, out bool isLast)
    {
        var end = 0;
        while (end < pattern.Length && pattern[end].Wildcard != Glob.AnyRun)
            end++;
        var run = pattern[..end];
        isLast = end == pattern.Length;
        pattern = isLast ? default : pattern[(end + 1)..];
        return run;
    }

    /// <summary>How long a run is; false if a variable has no value.</summary>
    private static bool TryLength(ReadOnlySpan<Segment> run, RequestContext context, out int length)
    {
        length = 0;
        foreach (ref readonly var segment in run)
        {
            if (segment.Wildcard != 0)
                length++;
            else if (segment.TryResolve(context, out var part))
                length += part.Length;
            else
                return false;
        }
        return true;
    }

    private static bool IsAt(ReadOnlySpan<Segment> run, ReadOnlySpan<char> text, RequestContext context)
    {
        foreach (ref readonly var segment in run)
        {
            var length = 1;
            if (segment.Wildcard == 0)
            {
                segment.TryResolve(context, out var part);
                if (!text.StartsWith(part))
                    return false;
                length = part.Length;
            }
            text = text[length..];
        }
        return true;
    }

    private static int IndexOf(ReadOnlySpan<Segment> run, int length, ReadOnlySpan<char> text, RequestContext context)
    {
        if (run.Length == 1 && run[0].Wildcard == 0)
        {
            run[0].TryResolve(context, out var part);
            return text.IndexOf(part);
        }
        for (var at = 0; at <= text.Length - length; at++)
        {
            if (IsAt(run, text[at..], context))
                return at;
        }
        return -1;
    }
}
