using Daypass.Policies.Variables;

namespace Daypass.Policies.Conditions;

/// <summary>
/// <c>StringEquals</c> (ordinal, no wildcards), <c>StringEqualsIgnoreCase</c> (ordinal, never by culture) and <c>StringLike</c>
/// (one wildcard pattern over the whole text, colons included).
/// </summary>
internal sealed class StringOperands : Operands
{
    private readonly TextPattern[] _patterns;
    private readonly StringComparison? _equality;

    private StringOperands(IReadOnlyList<string> texts, bool variables, StringComparison? equality)
    {
        _patterns = [.. texts.Select(text => TextPattern.Compile(text, wildcards: equality is null, variables))];
        _equality = equality;
    }

    public override IEnumerable<string> Keys => KeysOf(_patterns);

    public static Operands Exact(IReadOnlyList<string> texts, bool variables) => new StringOperands(texts, variables, StringComparison.Ordinal);

    public static Operands IgnoreCase(IReadOnlyList<string> texts, bool variables) => new StringOperands(texts, variables, StringComparison.OrdinalIgnoreCase);

    public static Operands Like(IReadOnlyList<string> texts, bool variables) => new StringOperands(texts, variables, null);

    public override Comparison Compare(string value, RequestContext context)
    {
        foreach (var pattern in _patterns)
        {
            if (_equality is { } equality ? pattern.IsEqual(value, context, equality) : pattern.IsMatch(value, context))
                return Comparison.Yes;
        }
        return Comparison.No;
    }
}
