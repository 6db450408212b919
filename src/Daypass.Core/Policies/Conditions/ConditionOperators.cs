using System.Collections.Frozen;

namespace Daypass.Policies.Conditions;

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

    /// <summary>As AWS writes them.</summary>
    public static IEnumerable<string> Names => ByName.Values.Select(entry => entry.Name);

    public static ConditionOperator? Find(string name) => ByName.GetValueOrDefault(name);
}
