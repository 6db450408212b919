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
    public bool IsNull { get; } = Name == "Null";
}
