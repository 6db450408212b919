namespace Daypass.Policies.Conditions;

/// <summary><c>Null</c>: "true" asks that the key be absent, "false" that it be present.</summary>
internal sealed class NullOperands : Operands
{
    private readonly bool _true;
    private readonly bool _false;

    private NullOperands(IReadOnlyList<string> texts)
    {
        _true = texts.Contains("true", StringComparer.OrdinalIgnoreCase);
        _false = texts.Contains("false", StringComparer.OrdinalIgnoreCase);
    }

    public static Operands Read(IReadOnlyList<string> texts, bool variables) => new NullOperands(texts);

    /// <summary>The value is "true" for an absent key.</summary>
    public override Comparison Compare(string value, RequestContext context) =>
        (value == "true" ? _true : _false) ? Comparison.Yes : Comparison.No;
}
