using Daypass.Policies.Conditions;

namespace Daypass.Policies.Comparing;

/// <summary>What one row asks of one condition key.</summary>
internal sealed record KeyRow(int Index, Condition[] Conditions, bool HasVariables)
{
    public static KeyRow Of(Row row, int index, string key) =>
        new(index, [.. row.Conditions.Where(condition => condition.Key.Equals(key, StringComparison.OrdinalIgnoreCase))], row.HasVariables);
}
