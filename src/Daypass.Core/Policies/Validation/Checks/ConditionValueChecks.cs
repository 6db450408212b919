using Daypass.Policies.Conditions;
using Daypass.Policies.Matching;
using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Condition values: readable by their operator, and meaning what they seem to.</summary>
internal static class ConditionValueChecks
{
    /// <summary>By the first letters of the operator: what an unreadable value is, and what it should be.</summary>
    private static readonly (string Family, Issue Issue, string Expected)[] Families =
    [
        ("Numeric", Issues.TypeMismatchNumber, "a number such as 3600"),
        ("Date", Issues.TypeMismatchDate, "a date such as 2030-01-31T00:00:00Z"),
        ("IpAddress", Issues.TypeMismatchIpRange, "a CIDR range such as 203.0.113.0/24"),
        ("NotIpAddress", Issues.TypeMismatchIpRange, "a CIDR range such as 203.0.113.0/24"),
        ("Binary", Issues.TypeMismatchString, "base64"),
        ("Bool", Issues.TypeMismatchBoolean, "true or false"),
        ("Null", Issues.TypeMismatchBoolean, "true or false"),
    ];

    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var condition in policy.Statements.SelectMany(statement => statement.Conditions))
        {
            foreach (var value in condition.Values)
                ActionChecks.Stars(value, findings);
            if (condition.Name is not { } name)
                continue;
            if (condition.Key.Json is { Kind: JsonKind.Array, Items.Count: 0 })
                Empty(condition, name, findings);
            if (name.Operator.Name is "Bool" or "Null" && condition.Values.Count > 1)
                findings.Add(Issues.InvalidConditionMultipleBoolean, condition.Key, $"{name} takes one value: true or false.");
            foreach (var value in condition.Values)
                Value(value, name, policy.HasVariables, findings);
        }
    }

    private static void Empty(ConditionDraft condition, OperatorName name, Findings findings)
    {
        var (issue, effect) = name switch
        {
            { Set: SetMode.ForAllValues } => (Issues.EmptyArrayConditionForAllValues, "is met only if a request has no value of the key; Null says that better"),
            { Set: SetMode.ForAnyValue } => (Issues.EmptyArrayConditionForAnyValue, "is never met"),
            { IfExists: true } => (Issues.EmptyArrayConditionIfExists, "is met only if a request does not have the key; Null says that better"),
            _ => (Issues.EmptyArrayCondition, name.Operator.IsNegated ? "is met by any value" : "is never met by a request that has the key"),
        };
        findings.Add(issue, condition.Key, $"Without values {name} {effect}.");
    }

    private static void Value(Place value, OperatorName name, bool variables, Findings findings)
    {
        var operation = name.Operator.Name;
        if (!IsReadable(value, name, variables) && Array.Find(Families, family => operation.StartsWith(family.Family, StringComparison.Ordinal)) is { Issue: { } issue } family)
            findings.Add(issue, value, $"{Words.Quote(value.Text)} cannot be compared by {name}, which takes {family.Expected}.");
        else if (operation.StartsWith("String", StringComparison.Ordinal) && !operation.EndsWith("Like", StringComparison.Ordinal))
            Wildcard(value, operation, findings);
        else if (operation.StartsWith("Arn", StringComparison.Ordinal))
            Arn(value, name, findings);
        else if (operation.StartsWith("Date", StringComparison.Ordinal) && value.Text.Length > PolicyChoices.DigitsOfYear && value.Text.All(char.IsAsciiDigit))
            findings.Add(Issues.InvalidDateValue, value, $"{value.Text} is read as seconds since 1970. Write the date out.");
        else if (operation.EndsWith("IpAddress", StringComparison.Ordinal))
            HostBits(value, findings);
    }

    private static bool IsReadable(Place value, OperatorName name, bool variables)
    {
        if (name.Operator.Name is "Bool" or "Null")
            return value.Text.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Text.Equals("false", StringComparison.OrdinalIgnoreCase)
                || (variables && value.Text.StartsWith("${", StringComparison.Ordinal));
        return name.Operator.Read([value.Text], variables).AreReadable;
    }

    private static void Wildcard(Place value, string operation, Findings findings)
    {
        var at = value.Text.AsSpan().IndexOfAny('*', '?');
        // ${*} and ${?} are the characters themselves.
        if (at >= 0 && !(at >= 2 && value.Text.AsSpan(at - 2).StartsWith("${")))
            findings.AddPart(Issues.WildcardWithoutLikeOperator, value, at, 1, $"'{value.Text[at]}' in {Words.Quote(value.Text)} is an ordinary character for {operation}. If it is a wildcard, use {LikeOf(operation)}.");
    }

    private static string LikeOf(string operation) => operation.StartsWith("StringNot", StringComparison.Ordinal) ? "StringNotLike" : "StringLike";

    private static void Arn(Place value, OperatorName name, Findings findings)
    {
        // A variable may stand for a whole ARN.
        var isArn = value.Text.StartsWith("arn:", StringComparison.Ordinal) || value.Text.StartsWith("*:", StringComparison.Ordinal);
        var isWhole = value.Text.AsSpan().Count(':') >= ArnFields.Count - 1;
        if (!value.Text.Contains("${", StringComparison.Ordinal) && !(isArn && isWhole))
            findings.Add(isArn ? Issues.MissingArnField : Issues.InvalidArnPrefix, value, $"{Words.Quote(value.Text)} is never equal for {name}: it compares ARNs of six fields, each by itself.");
    }

    private static void HostBits(Place value, Findings findings)
    {
        if (IpRange.TryParse(value.Text, out var range) && range.HasHostBits)
            findings.Add(Issues.ImproveIpRange, value, $"The bits behind the first {range.PrefixLength} of {Words.Quote(value.Text)} do not count. Write zeros there.");
    }
}
