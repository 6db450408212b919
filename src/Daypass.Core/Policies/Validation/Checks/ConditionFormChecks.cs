using Daypass.Policies.Conditions;
using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation.Checks;

/// <summary>The form of conditions: operators that exist, keys that are written like keys, values that are single.</summary>
internal static class ConditionFormChecks
{
    private const string IfExists = "IfExists";

    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var element in policy.Statements.Select(statement => statement.Place["Condition"]).OfType<Place>())
        {
            if (element.Json.Kind != JsonKind.Object)
                findings.Add(Issues.DataTypeMismatch, element, "Condition is an object of operators.");
            else if (element.Json.Members.Count == 0)
                findings.Add(Issues.EmptyObjectCondition, element, "The condition is empty and always met. Leave it out, or say what must be.");
            foreach (var block in element.Members)
                Block(block, findings);
        }
    }

    private static void Block(Place block, Findings findings)
    {
        if (!OperatorName.TryParse(block.Name, out var name))
            Unknown(block, findings);
        else if (name.Operator.IsNull && name.Set != SetMode.None)
            findings.AddKey(Issues.NullWithQualifier, block, $"{name} is always {(name.Set == SetMode.ForAllValues ? "met" : "unmet")}, whatever its values. Write Null alone.");
        if (block.Json.Kind != JsonKind.Object)
        {
            findings.Add(Issues.DataTypeMismatch, block, $"Under the operator {Words.Quote(block.Name)} stands an object of keys.");
            return;
        }
        if (block.Json.Members.Count == 0)
            findings.Add(Issues.EmptyObjectCondition, block, $"The operator {Words.Quote(block.Name)} has no keys and is always met.");
        Keys(block, findings);
    }

    private static void Unknown(Place block, Findings findings)
    {
        var isNull = block.Name.EndsWith(IfExists, StringComparison.OrdinalIgnoreCase) && OperatorName.TryParse(block.Name[..^IfExists.Length], out var known) && known.Operator.IsNull;
        if (isNull)
            findings.AddKey(Issues.NullWithIfExists, block, "Null takes no IfExists: it is Null that asks whether a key exists.");
        else
            findings.AddKey(Issues.InvalidConditionOperator, block, $"There is no condition operator {Words.Quote(block.Name)}.{(findings.IsFull(Issues.InvalidConditionOperator) ? "" : Words.DidYouMean(block.Name, ConditionOperators.Names))}");
    }

    private static void Keys(Place block, Findings findings)
    {
        var seen = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in block.Members)
        {
            if (!seen.TryAdd(key.Name, key))
                findings.AddKey(Issues.DuplicateKeysWithDifferentCase, key, $"The keys {Words.Quote(seen[key.Name].Name)} and {Words.Quote(key.Name)} are one: letter case does not matter. Keep one.");
            if (!key.Name.Contains(':', StringComparison.Ordinal))
                findings.AddKey(Issues.InvalidConditionKeyFormat, key, $"The key {Words.Quote(key.Name)} has no service: write service:key.");
            foreach (var value in key.OneOrMany.Where(value => !ConditionDraft.IsValue(value.Json.Kind)))
                findings.Add(Issues.DataTypeMismatch, value, "A condition's value is a text, a number, true or false, or a list of those.");
        }
    }
}
