using Daypass.Policies.Matching;
using Daypass.Policies.Variables;

namespace Daypass.Policies.Conditions;

/// <summary>
/// <c>ArnEquals</c> and <c>ArnLike</c>, which are the same: six fields, each with its own wildcards, case-sensitive. What has not six
/// fields, even <c>*</c>, matches nothing.
/// </summary>
internal sealed class ArnOperands : Operands
{
    private const int StackBuffer = 256;

    private readonly TextPattern[] _patterns;

    private ArnOperands(IReadOnlyList<string> texts, bool variables) =>
        _patterns = [.. texts.Select(text => TextPattern.Compile(text, wildcards: true, variables))];

    public override IEnumerable<string> Keys => KeysOf(_patterns);

    public static Operands Read(IReadOnlyList<string> texts, bool variables) => new ArnOperands(texts, variables);

    public override Comparison Compare(string value, RequestContext context)
    {
        var fields = new ArnFields(value);
        if (!fields.IsArn)
            return Comparison.Unreadable;
        Span<int> buffer = stackalloc int[StackBuffer];
        foreach (var pattern in _patterns)
        {
            using var expanded = pattern.Expand(context, buffer);
            if (expanded.IsResolved && AreFieldsMatched(expanded.Codes, fields))
                return Comparison.Yes;
        }
        return Comparison.No;
    }

    /// <summary>Variables are replaced first, since one may stand for a whole ARN.</summary>
    private static bool AreFieldsMatched(ReadOnlySpan<int> pattern, in ArnFields value)
    {
        for (var i = 0; i < ArnFields.Count - 1; i++)
        {
            var colon = pattern.IndexOf(':');
            if (colon < 0 || !Glob.IsMatch(pattern[..colon], value[i]))
                return false;
            pattern = pattern[(colon + 1)..];
        }
        return Glob.IsMatch(pattern, value[ArnFields.Count - 1]);
    }
}
