using Daypass.Policies.Matching;
using Daypass.Policies.Variables;

namespace Daypass.Policies.Comparing;

/// <summary>A set of texts: codes of <see cref="Glob"/>, and two more for wildcards that stay within a field of an ARN.</summary>
/// <param name="Codes">Characters and wildcards.</param>
/// <param name="IgnoreCase">Whether letter case counts for nothing.</param>
internal sealed record TextShape(int[] Codes, bool IgnoreCase = false)
{
    /// <summary>Any run of characters but colons.</summary>
    public const int AnyRunInField = -3;

    /// <summary>Exactly one character, and no colon.</summary>
    public const int AnyOneInField = -4;

    /// <summary>Six fields of which the first is <c>arn</c>.</summary>
    public static TextShape Arn { get; } = Fields([.. new[] { "arn", "*", "*", "*", "*", "*" }.Select(field => Compiled(field))], null)!;

    /// <summary>Something, a colon, and something without colons: an action.</summary>
    public static TextShape Action { get; } = new([AnyOneInField, AnyRunInField, ':', AnyOneInField, AnyRunInField]);

    /// <summary>One exact text.</summary>
    public static TextShape Of(string text, bool ignoreCase = false) => new([.. text.Select(character => (int)character)], ignoreCase);

    /// <summary>What a pattern matches; null if a variable has no value.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="values">The values of variables; without, each stands for any text, which is more than it can match.</param>
    /// <param name="ignoreCase">Whether letter case counts for nothing.</param>
    public static TextShape? Of(TextPattern pattern, RequestContext? values, bool ignoreCase = false)
    {
        var codes = new List<int>();
        return TryAdd(codes, pattern, values, inField: false) ? new([.. codes], ignoreCase) : null;
    }

    /// <summary>What six patterns match field by field; null if a variable has no value.</summary>
    public static TextShape? Fields(ReadOnlySpan<TextPattern> patterns, RequestContext? values)
    {
        var codes = new List<int>();
        for (var i = 0; i < patterns.Length; i++)
        {
            if (i > 0)
                codes.Add(':');
            if (!TryAdd(codes, patterns[i], values, inField: i < ArnFields.Count - 1))
                return null;
        }
        return new([.. codes]);
    }

    public static TextPattern Compiled(string text, bool wildcards = true, bool variables = false) => TextPattern.Compile(text, wildcards, variables);

    private static bool TryAdd(List<int> codes, TextPattern pattern, RequestContext? values, bool inField)
    {
        foreach (ref readonly var segment in pattern.Segments)
        {
            if (segment.Wildcard != 0)
                codes.Add(!inField ? segment.Wildcard : segment.Wildcard == Glob.AnyRun ? AnyRunInField : AnyOneInField);
            else if (segment.Key is not null && values is null)
                codes.Add(Glob.AnyRun);
            else if (segment.TryResolve(values!, out var text))
                AddText(codes, text);
            else
                return false;
        }
        return true;
    }

    private static void AddText(List<int> codes, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
            codes.Add(character);
    }
}
