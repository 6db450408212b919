using Daypass.Policies.Variables;

namespace Daypass.Policies.Matching;

/// <summary>
/// An entry of <c>Resource</c> or <c>NotResource</c>: <c>*</c>, or an ARN whose six fields are matched one by one. A short ARN is
/// completed with <c>*</c>; variables count behind the fifth colon only (IAM guide, "Resource" and "Variables").
/// </summary>
internal sealed class ResourcePattern
{
    private readonly TextPattern[]? _fields;
    private readonly TextPattern? _whole;
    private readonly bool _isEverything;

    public ResourcePattern(string text, bool variables)
    {
        _isEverything = text.Length > 0 && !text.AsSpan().ContainsAnyExcept('*');
        if (_isEverything)
            return;
        var fields = text.Split(':', ArnFields.Count);
        var isArn = fields[0] == "arn";
        if (isArn)
            _fields = CompileFields(fields, variables);
        if (!isArn || (PolicyChoices.StarCrossesColons && HasOpenField(fields)))
            _whole = CompileWhole(text, fields, variables);
    }

    /// <summary>The condition keys of its variables.</summary>
    public IEnumerable<string> Keys => _fields?[^1].Keys ?? [];

    public bool IsMatch(in ArnFields resource, RequestContext context) =>
        _isEverything
        || (_fields is not null && resource.IsArn && AreFieldsMatched(_fields, resource, context))
        || (_whole is not null && _whole.IsMatch(resource.Text, context));

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

    /// <summary>A star at the end of the last of six fields has nothing left to cross.</summary>
    private static bool HasOpenField(string[] fields) =>
        fields.Take(ArnFields.Count - 1).Any(field => field.EndsWith('*'));

    private static TextPattern CompileWhole(string text, string[] fields, bool variables)
    {
        var last = fields.Length == ArnFields.Count ? fields[^1].Length : 0;
        return TextPattern.Compile(text[..^last], text[^last..], variables);
    }

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
