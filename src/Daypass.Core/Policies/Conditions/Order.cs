namespace Daypass.Policies.Conditions;

/// <summary>Which outcomes of a comparison of value with operand an operator accepts.</summary>
[Flags]
internal enum Order
{
    None = 0,
    Less = 1,
    Equal = 2,
    Greater = 4,
}
