using Daypass.Policies.Variables;

namespace Daypass.Policies.Matching;

/// <summary>
/// An entry of <c>Resource</c> or <c>NotResource</c>: <c>*</c>, or an ARN whose six fields are matched one by one. A short ARN is
/// completed with <c>*</c>; variables count behind the fifth colon only (IAM guide, "Resource" and "Variables").
/// </summary>
internal sealed class ResourcePattern
{
    private readonly TextPattern _whole;
    private readonly TextPattern[]? _fields;
    private readonly bool _isWholeEnough;

    public ResourcePattern(string text, bool variables)
    {
        var fields = text.Split(':', ArnFields.Count);
        _whole = CompileWhole(text, fields, variables);
        // If five plain fields begin the pattern, the colons of a text that matches are where they should be, and the text can be
        // matched at once. So it can if it is no ARN.
        _isWholeEnough = fields[0] != "arn" || (fields.Length == ArnFields.Count && !HasWildcards(fields[..^1]));
        if (_isWholeEnough)
            return;
        _fields = CompileFields(fields, variables);
        _isWholeEnough = PolicyChoices.StarCrossesColons && HasOpenField(fields);
    }

    /// <summary>The pattern over the whole text; null if only the fields count.</summary>
    public TextPattern? Whole => _isWholeEnough ? _whole : null;

    /// <summary>The patterns of the fields; empty if only the whole text counts.</summary>
    public ReadOnlySpan<TextPattern> Fields => _fields;

    /// <summary>Whether what it matches depends on the request's condition keys.</summary>
    public bool HasVariables => _whole.HasVariables;

    /// <summary>The condition keys of its variables.</summary>
    public IEnumerable<string> Keys => _whole.Keys;

    public bool IsMatch(in ArnFields resource, RequestContext context) =>
        (_isWholeEnough && _whole.IsMatch(resource.Text, context))
        || (_fields is not null && resource.IsArn && AreFieldsMatched(_fields, resource, context));

    private static TextPattern CompileWhole(string text, string[] fields, bool variables)
    {
        var last = fields.Length == ArnFields.Count ? fields[^1].Length : 0;
        return TextPattern.Compile(text[..^last], text[^last..], variables);
    }

    private static TextPattern[] CompileFields(string[] fields, bool variables)
    {
        var patterns = new TextPattern[ArnFields.Count];
        for (var i = 0; i < patterns.Length; i++)
        {
            patterns[i] = i < fields.Length
                ? TextPattern.Compile(fields[i], wildcards: true, variables && i == ArnFields.Count - 1)
                : TextPattern.Everything;
        }
        return patterns;
    }

    private static bool HasWildcards(ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (field.AsSpan().ContainsAny('*', '?'))
                return true;
        }
        return false;
    }

    /// <summary>A star at the end of the last of six fields has nothing left to cross.</summary>
    private static bool HasOpenField(string[] fields) =>
        fields.Take(ArnFields.Count - 1).Any(field => field.EndsWith('*'));

    /// <summary>The last field first: it tells resources apart best.</summary>
    private static bool AreFieldsMatched(TextPattern[] patterns, in ArnFields resource, RequestContext context)
    {
        for (var i = ArnFields.Count - 1; i > 0; i--)
        {
            if (!patterns[i].IsMatch(resource[i], context))
                return false;
        }
        return true;
    }
}
