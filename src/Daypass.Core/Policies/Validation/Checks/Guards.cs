using Daypass.Policies.Conditions;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Which conditions keep anybody out.</summary>
internal static class Guards
{
    /// <summary>Keys that anybody can meet.</summary>
    private static readonly string[] SayNothingOfCallers = ["aws:SecureTransport", "aws:CurrentTime", "aws:EpochTime", "aws:UserAgent", "aws:referer", "aws:RequestedRegion"];

    /// <summary>
    /// Whether a condition asks that a key be there and have one of some values. Negated operators, IfExists and ForAllValues are met without the key, and
    /// a lone <c>*</c> by any value.
    /// </summary>
    public static bool IsPositive(ConditionDraft condition)
    {
        if (condition.Name is not { IfExists: false, Set: not SetMode.ForAllValues, Operator: { IsNegated: false, IsNull: false } } || condition.Values.Count == 0)
            return false;
        return condition.Values.All(value => value.Text.AsSpan().ContainsAnyExcept('*'));
    }

    /// <summary>Whether a statement has a positive condition on one of the keys.</summary>
    public static bool Has(StatementDraft statement, params ReadOnlySpan<string> keys)
    {
        foreach (var condition in statement.Conditions)
        {
            foreach (var key in keys)
            {
                if (condition.IsOn(key) && IsPositive(condition))
                    return true;
            }
        }
        return false;
    }

    /// <summary>Whether anything at all keeps somebody out.</summary>
    public static bool HasAny(StatementDraft statement) => statement.Conditions.Any(condition => IsPositive(condition) && !SayNothingOfCallers.Contains(condition.Key.Name, StringComparer.OrdinalIgnoreCase));
}
