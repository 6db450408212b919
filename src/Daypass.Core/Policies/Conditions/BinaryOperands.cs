namespace Daypass.Policies.Conditions;

/// <summary><c>BinaryEquals</c>: the bytes that base64 texts stand for.</summary>
internal sealed class BinaryOperands : Operands
{
    private const int StackBuffer = 512;

    private readonly byte[][] _operands;

    private BinaryOperands(IReadOnlyList<string> texts)
    {
        var operands = new List<byte[]>(texts.Count);
        foreach (var text in texts)
        {
            var bytes = new byte[text.Length];
            if (Convert.TryFromBase64String(text, bytes, out var length))
                operands.Add(bytes[..length]);
        }
        _operands = [.. operands];
        AreReadable = operands.Count == texts.Count;
    }

    public override bool AreReadable { get; }

    public static Operands Read(IReadOnlyList<string> texts, bool variables) => new BinaryOperands(texts);

    public override Comparison Compare(string value, RequestContext context)
    {
        Span<byte> bytes = value.Length <= StackBuffer ? stackalloc byte[StackBuffer] : new byte[value.Length];
        if (!Convert.TryFromBase64String(value, bytes, out var length))
            return Comparison.Unreadable;
        foreach (var operand in _operands)
        {
            if (operand.AsSpan().SequenceEqual(bytes[..length]))
                return Comparison.Yes;
        }
        return Comparison.No;
    }
}
