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
    private readonly TextPattern[][] _plain;

    /// <summary>Texts without variables are split at once, the others when the variables are known.</summary>
    private ArnOperands(IReadOnlyList<string> texts, bool variables)
    {
        var isPlain = texts.ToLookup(text => !variables || !text.Contains("${", StringComparison.Ordinal));
        _patterns = [.. isPlain[false].Select(text => TextPattern.Compile(text, wildcards: true, variables))];
        _plain = [.. isPlain[true].Select(text => text.Split(':', ArnFields.Count)).Where(fields => fields.Length == ArnFields.Count).Select(Compile)];
    }

    public override IEnumerable<string> Keys => KeysOf(_patterns);

    public static Operands Read(IReadOnlyList<string> texts, bool variables) => new ArnOperands(texts, variables);

    public override Comparison Compare(string value, RequestContext context)
    {
        var fields = new ArnFields(value);
        if (!fields.IsArn)
            return Comparison.Unreadable;
        foreach (var pattern in _plain)
        {
            if (AreFieldsMatched(pattern, fields, context))
                return Comparison.Yes;
        }
        return _patterns.Length > 0 && IsAnyExpandedMatched(fields, context) ? Comparison.Yes : Comparison.No;
    }

    private static TextPattern[] Compile(string[] fields) => [.. fields.Select(field => TextPattern.Compile(field, wildcards: true, variables: false))];

    private static bool AreFieldsMatched(TextPattern[] pattern, in ArnFields value, RequestContext context)
    {
        for (var i = ArnFields.Count - 1; i >= 0; i--)
        {
            if (!pattern[i].IsMatch(value[i], context))
                return false;
        }
        return true;
    }

    private bool IsAnyExpandedMatched(in ArnFields fields, RequestContext context)
    {
        Span<int> buffer = stackalloc int[StackBuffer];
        foreach (var pattern in _patterns)
        {
            using var expanded = pattern.Expand(context, buffer);
            if (expanded.IsResolved && AreFieldsMatched(expanded.Codes, fields))
                return true;
        }
        return false;
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
