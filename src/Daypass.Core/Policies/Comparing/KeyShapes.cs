using Daypass.Policies.Conditions;
using Daypass.Policies.Matching;
using Daypass.Policies.Validation.Services;
using Daypass.Policies.Variables;

namespace Daypass.Policies.Comparing;

/// <summary>The values of a condition key as sets of texts: what the text operators, <c>Arn*</c> and <c>Bool</c> tell apart.</summary>
internal sealed class KeyShapes
{
    private static readonly TextShape[] Truths = [TextShape.Of("true", ignoreCase: true), TextShape.Of("false", ignoreCase: true)];
    private static readonly TextShape NotEmpty = new([Glob.AnyOne, Glob.AnyRun]);

    private readonly List<TextShape> _shapes = [];
    private readonly Dictionary<string, int> _opaque = new(StringComparer.Ordinal);
    private readonly List<string> _readable = [];
    private readonly KeyType _type;
    private readonly Reading _reading;
    private readonly WorkLimit _limit;

    public KeyShapes(IEnumerable<(Condition Condition, bool Variables)> conditions, KeyType type, Reading reading, WorkLimit limit)
    {
        (_type, _reading, _limit) = (type, reading, limit);
        foreach (var (condition, variables) in conditions.Where(entry => KeyFamily.Of(entry.Condition) == KeyFamily.Text))
        {
            if (condition.Name.Operator.Name == "Bool")
                _shapes.AddRange(Truths);
            if (IsArn(condition))
                _shapes.Add(TextShape.Arn);
            foreach (var text in condition.Values)
                Add(condition, text, variables);
        }
        if (_shapes.Exists(shape => shape.IgnoreCase && Array.Exists(shape.Codes, code => code >= 0 && char.IsSurrogate((char)code))))
            limit.Exhaust();
    }

    /// <summary>Texts for people; any of them may be in any class.</summary>
    public IEnumerable<string> Readable => _type switch
    {
        KeyType.Bool => ["true", "false"],
        KeyType.Arn => _readable.Where(text => new ArnFields(text).IsArn).Append(Samples.ArnOf("sns")),
        KeyType.String => _readable.Append("example"),
        _ => _readable,
    };

    /// <summary>One text of each class, the empty text by itself.</summary>
    public IEnumerable<TextClass> Classes()
    {
        IReadOnlyList<TextClass> found = _reading.IsQuick ? [] : TextClasses.Of(_shapes, Domain(), _limit);
        return _type == KeyType.String ? found.Concat(TextClasses.Of(_shapes, [TextShape.Of("")], _limit)) : found;
    }

    /// <summary>The texts with variables that may match a class.</summary>
    public IReadOnlyList<string> Opaque(TextClass found) =>
        [.. _opaque.Where(entry => Array.BinarySearch(found.Shapes, entry.Value) >= 0).Select(entry => entry.Key)];

    /// <summary>A text with variables by all that its meaning depends on.</summary>
    public static string NameOf(Condition condition, string text)
    {
        var name = condition.Name.Operator.Name;
        return $"{(IsArn(condition) ? "Arn" : name.Replace("Not", "", StringComparison.Ordinal))} {text}";
    }

    private static bool IsArn(Condition condition) => condition.Name.Operator.Name.StartsWith("Arn", StringComparison.Ordinal);

    private TextShape[] Domain() => _type switch
    {
        KeyType.Bool => Truths,
        KeyType.Arn => [TextShape.Arn],
        _ => [NotEmpty],
    };

    private void Add(Condition condition, string text, bool variables)
    {
        var name = condition.Name.Operator.Name;
        var wildcards = IsArn(condition) || name.EndsWith("Like", StringComparison.Ordinal);
        var ignoreCase = name is "Bool" || name.EndsWith("IgnoreCase", StringComparison.Ordinal);
        var pattern = TextPattern.Compile(text, wildcards, variables);
        if (_reading.IsAbstract && pattern.HasVariables)
            _opaque.TryAdd(NameOf(condition, text), _shapes.Count);
        var shape = IsArn(condition) && !pattern.HasVariables ? Fields(pattern) : TextShape.Of(pattern, _reading.Values, ignoreCase);
        if (shape is not null)
            _shapes.Add(shape);
        _readable.Add(!wildcards ? text : IsArn(condition) ? Samples.FillArn(text) : Samples.Fill(text));
    }

    /// <summary>A text without variables by its six fields, as the engine reads it: escapes (<c>${*}</c>) are the characters that they stand for.</summary>
    private static TextShape? Fields(TextPattern pattern)
    {
        var codes = TextShape.Of(pattern, null)!.Codes;
        var colons = 0;
        for (var i = 0; i < codes.Length && colons < ArnFields.Count - 1; i++)
        {
            if (codes[i] == ':')
                colons++;
            else if (codes[i] < 0)
                codes[i] = codes[i] == Glob.AnyRun ? TextShape.AnyRunInField : TextShape.AnyOneInField;
        }
        return colons == ArnFields.Count - 1 ? new(codes) : null;
    }
}
