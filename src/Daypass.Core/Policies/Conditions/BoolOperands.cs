using Daypass.Policies.Variables;

namespace Daypass.Policies.Conditions;

/// <summary><c>Bool</c>: the words true and false in any case; nothing else is ever equal.</summary>
internal sealed class BoolOperands : Operands
{
    private readonly TextPattern[] _patterns;

    private BoolOperands(IReadOnlyList<string> texts, bool variables) =>
        _patterns = [.. texts.Select(text => TextPattern.Compile(text, wildcards: false, variables && PolicyChoices.BoolTakesVariables))];

    public override IEnumerable<string> Keys => KeysOf(_patterns);

    public static Operands Read(IReadOnlyList<string> texts, bool variables) => new BoolOperands(texts, variables);

    public override Comparison Compare(string value, RequestContext context)
    {
        if (!value.Equals("true", StringComparison.OrdinalIgnoreCase) && !value.Equals("false", StringComparison.OrdinalIgnoreCase))
            return Comparison.Unreadable;
        foreach (var pattern in _patterns)
        {
            if (pattern.IsEqual(value, context, StringComparison.OrdinalIgnoreCase))
                return Comparison.Yes;
        }
        return Comparison.No;
    }
}
