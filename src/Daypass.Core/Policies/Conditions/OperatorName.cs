namespace Daypass.Policies.Conditions;

/// <summary>The name of an operator taken apart: set prefix, operator, <c>IfExists</c>. Case does not matter.</summary>
internal readonly record struct OperatorName(ConditionOperator Operator, SetMode Set, bool IfExists)
{
    private const string ForAll = "ForAllValues:";
    private const string ForAny = "ForAnyValue:";
    private const string Suffix = "IfExists";

    /// <summary>False for unknown operators and for <c>NullIfExists</c>.</summary>
    public static bool TryParse(string text, out OperatorName name)
    {
        name = default;
        var set = SetMode.None;
        var rest = text;
        if (rest.StartsWith(ForAll, StringComparison.OrdinalIgnoreCase))
            (set, rest) = (SetMode.ForAllValues, rest[ForAll.Length..]);
        else if (rest.StartsWith(ForAny, StringComparison.OrdinalIgnoreCase))
            (set, rest) = (SetMode.ForAnyValue, rest[ForAny.Length..]);
        var ifExists = rest.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);
        if (ConditionOperators.Find(ifExists ? rest[..^Suffix.Length] : rest) is not { } found || (ifExists && found.IsNull))
            return false;
        name = new(found, set, ifExists);
        return true;
    }

    /// <summary>The name as AWS writes it.</summary>
    public override string ToString() =>
        Set switch { SetMode.ForAllValues => ForAll, SetMode.ForAnyValue => ForAny, _ => "" } + Operator.Name + (IfExists ? Suffix : "");
}
