namespace Daypass.Policies.Conditions;

/// <summary>What numbers and dates have in common: operands in an order, and the outcomes an operator accepts.</summary>
internal abstract class OrderedOperands<T> : Operands
    where T : struct, IComparable<T>
{
    private readonly T[] _operands;
    private readonly Order _order;

    private protected OrderedOperands(IReadOnlyList<string> texts, Order order)
    {
        var operands = new List<T>(texts.Count);
        foreach (var text in texts)
        {
            if (TryRead(text, out var operand))
                operands.Add(operand);
        }
        _operands = [.. operands];
        _order = order;
        AreReadable = operands.Count == texts.Count;
    }

    public override bool AreReadable { get; }

    public override Comparison Compare(string value, RequestContext context)
    {
        if (!TryRead(value, out var left))
            return Comparison.Unreadable;
        foreach (var operand in _operands)
        {
            if ((_order & OrderOf(left.CompareTo(operand))) != 0)
                return Comparison.Yes;
        }
        return Comparison.No;
    }

    /// <summary>Reads a value; needs nothing of the instance, for it is called while that is made.</summary>
    private protected abstract bool TryRead(string text, out T value);

    private static Order OrderOf(int sign) => sign < 0 ? Order.Less : sign == 0 ? Order.Equal : Order.Greater;
}
