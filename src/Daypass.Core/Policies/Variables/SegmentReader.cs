using Daypass.Policies.Matching;

namespace Daypass.Policies.Variables;

/// <summary>
/// Takes a pattern's text apart (IAM guide, "Policy variables"): <c>${key}</c>, <c>${key, 'default'}</c>, the literals
/// <c>${*}</c>, <c>${?}</c>, <c>${$}</c>, and wildcards. A <c>$</c> that no brace follows is itself.
/// </summary>
internal static class SegmentReader
{
    private const string DefaultStart = ", '";
    private const string DefaultEnd = "'}";

    /// <summary>Puts the pieces of a text behind those that are there.</summary>
    public static void Read(List<Segment> segments, string text, bool wildcards, bool variables)
    {
        var literal = 0;
        var at = 0;
        while (at < text.Length)
        {
            var length = TryReadSpecial(text, at, wildcards, variables, out var special);
            if (length == 0)
            {
                at++;
                continue;
            }
            AddLiteral(segments, text[literal..at]);
            Add(segments, special);
            at += length;
            literal = at;
        }
        AddLiteral(segments, text[literal..]);
    }

    /// <summary>Whether some <c>${</c> is never closed.</summary>
    public static bool HasOpenBrace(string text)
    {
        var last = text.LastIndexOf("${", StringComparison.Ordinal);
        return last >= 0 && text.IndexOf('}', last) < 0;
    }

    /// <summary>Whether some variable is written so that it can never have a value: no name, a blank or a quote in it, a default without quotes.</summary>
    public static bool HasUnresolvable(string text)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
            return false;
        List<Segment> segments = [];
        Read(segments, text, wildcards: false, variables: true);
        return segments.Exists(segment => segment.Key is "");
    }

    private static int TryReadSpecial(string text, int at, bool wildcards, bool variables, out Segment special)
    {
        special = default;
        switch (text[at])
        {
            case '*' when wildcards:
                special = new(Glob.AnyRun, null, null, null);
                return 1;
            case '?' when wildcards:
                special = new(Glob.AnyOne, null, null, null);
                return 1;
            case '$' when variables && at + 1 < text.Length && text[at + 1] == '{':
                return ReadVariable(text, at, out special);
            default:
                return 0;
        }
    }

    private static int ReadVariable(string text, int at, out Segment variable)
    {
        variable = default;
        var end = text.IndexOf('}', at);
        if (end < 0)
            return 0;
        var quoted = text.IndexOf(DefaultStart, at, end - at, StringComparison.Ordinal);
        if (quoted >= 0)
            end = text.IndexOf(DefaultEnd, quoted + DefaultStart.Length, StringComparison.Ordinal) + 1;
        if (quoted >= 0 && end == 0)
            return Unresolvable(text.IndexOf('}', at) + 1 - at, out variable);

        var key = text[(at + 2)..(quoted < 0 ? end : quoted)];
        if (key is "*" or "?" or "$")
            variable = new(0, key, null, null);
        else if (key.Length == 0 || key.AsSpan().ContainsAny(" ,'{"))
            return Unresolvable(end + 1 - at, out variable);
        else
            variable = new(0, null, key, quoted < 0 ? null : text[(quoted + DefaultStart.Length)..(end - 1)]);
        return end + 1 - at;
    }

    private static int Unresolvable(int length, out Segment variable)
    {
        variable = new(0, null, "", null);
        return length;
    }

    private static void AddLiteral(List<Segment> segments, string text)
    {
        if (text.Length > 0)
            Add(segments, new(0, text, null, null));
    }

    /// <summary>Joins literals, and runs of <c>*</c>.</summary>
    private static void Add(List<Segment> segments, Segment segment)
    {
        if (segments.Count > 0 && segments[^1] is var last)
        {
            if (segment.Wildcard == Glob.AnyRun && last.Wildcard == Glob.AnyRun)
                return;
            if (segment.Literal is not null && last.Literal is not null)
            {
                segments[^1] = last with { Literal = last.Literal + segment.Literal };
                return;
            }
        }
        segments.Add(segment);
    }
}
