using System.Globalization;
using Daypass.Policies.Conditions;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Condition values that another value of the same key covers.</summary>
internal static class RedundantValueChecks
{
    public static void Run(PolicyDraft policy, Findings findings)
    {
        var texts = new Coverage(policy.HasVariables);
        foreach (var condition in policy.Statements.SelectMany(statement => statement.Conditions).Where(condition => condition.Values.Count > 1))
        {
            if (condition.Name is not { } name)
                continue;
            if (name.Operator.Name.StartsWith("Numeric", StringComparison.Ordinal) && name.Operator.Name.Contains("Than", StringComparison.Ordinal))
                Bounds(condition, name, findings);
            else
                RedundancyChecks.Covered(condition.Values, texts, CoverageOf(name, texts), Issues.RedundantConditionValue, findings);
        }
    }

    /// <summary>Texts that are equal are told whatever the operator is.</summary>
    private static Func<string, string, bool> CoverageOf(OperatorName name, Coverage texts) => name.Operator.Name switch
    {
        "StringLike" or "StringNotLike" => texts.OfTexts,
        _ => static (_, _) => false,
    };

    private static void Bounds(ConditionDraft condition, OperatorName name, Findings findings)
    {
        var isLess = name.Operator.Name.Contains("Less", StringComparison.Ordinal);
        var numbers = new List<decimal>();
        foreach (var value in condition.Values)
        {
            if (!decimal.TryParse(value.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return;
            numbers.Add(number);
        }
        var bound = isLess ? numbers.Max() : numbers.Min();
        findings.Add(Issues.RedundantConditionValueNum, condition.Key, $"Any of these bounds is enough, so {bound.ToString(CultureInfo.InvariantCulture)} alone decides. Keep that one, if it is what is meant.");
    }
}
