using System.Collections.Frozen;

namespace Daypass.Policies.Conditions;

/// <summary>Makes operands of a policy's texts.</summary>
/// <param name="texts">The values as written; numbers and booleans as their text.</param>
/// <param name="variables">Whether the policy's version has variables.</param>
internal delegate Operands OperandReader(IReadOnlyList<string> texts, bool variables);

/// <summary>One condition operator.</summary>
/// <param name="Name">As AWS writes it.</param>
/// <param name="Read">The family's compiler.</param>
/// <param name="IsNegated">Whether the condition is true if no operand fits, and on a missing key.</param>
internal sealed record ConditionOperator(string Name, OperandReader Read, bool IsNegated = false)
{
    public bool IsNull => Name == "Null";
}

/// <summary>The table of operators (IAM guide, "Condition operators"). Names ignore case.</summary>
internal static class ConditionOperators
{
    private static readonly FrozenDictionary<string, ConditionOperator> ByName = new ConditionOperator[]
    {
        new("StringEquals", StringOperands.Exact),
        new("StringNotEquals", StringOperands.Exact, IsNegated: true),
        new("StringEqualsIgnoreCase", StringOperands.IgnoreCase),
        new("StringNotEqualsIgnoreCase", StringOperands.IgnoreCase, IsNegated: true),
        new("StringLike", StringOperands.Like),
        new("StringNotLike", StringOperands.Like, IsNegated: true),
        new("NumericEquals", NumericOperands.Reader(Order.Equal)),
        new("NumericNotEquals", NumericOperands.Reader(Order.Equal), IsNegated: true),
        new("NumericLessThan", NumericOperands.Reader(Order.Less)),
        new("NumericLessThanEquals", NumericOperands.Reader(Order.Less | Order.Equal)),
        new("NumericGreaterThan", NumericOperands.Reader(Order.Greater)),
        new("NumericGreaterThanEquals", NumericOperands.Reader(Order.Greater | Order.Equal)),
        new("DateEquals", DateOperands.Reader(Order.Equal)),
        new("DateNotEquals", DateOperands.Reader(Order.Equal), IsNegated: true),
        new("DateLessThan", DateOperands.Reader(Order.Less)),
        new("DateLessThanEquals", DateOperands.Reader(Order.Less | Order.Equal)),
        new("DateGreaterThan", DateOperands.Reader(Order.Greater)),
        new("DateGreaterThanEquals", DateOperands.Reader(Order.Greater | Order.Equal)),
        new("Bool", BoolOperands.Read),
        new("BinaryEquals", BinaryOperands.Read),
        new("IpAddress", IpOperands.Read),
        new("NotIpAddress", IpOperands.Read, IsNegated: true),
        new("ArnEquals", ArnOperands.Read),
        new("ArnLike", ArnOperands.Read),
        new("ArnNotEquals", ArnOperands.Read, IsNegated: true),
        new("ArnNotLike", ArnOperands.Read, IsNegated: true),
        new("Null", NullOperands.Read),
    }.ToFrozenDictionary(entry => entry.Name, StringComparer.OrdinalIgnoreCase);

    public static ConditionOperator? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>Which outcomes of a comparison of value with operand an operator accepts.</summary>
[Flags]
internal enum Order
{
    None = 0,
    Less = 1,
    Equal = 2,
    Greater = 4,
}
