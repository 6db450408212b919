using Daypass.Policies.Conditions;
using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation;

/// <summary>One key under one operator as it is written.</summary>
/// <param name="Operator">The operator's object; its name is the operator.</param>
/// <param name="Name">The operator, or null if there is none of that name.</param>
/// <param name="Key">The key's values; its name is the key.</param>
/// <param name="Values">The single values that are texts, numbers or booleans.</param>
internal sealed record ConditionDraft(Place Operator, OperatorName? Name, Place Key, IReadOnlyList<Place> Values)
{
    public static IReadOnlyList<ConditionDraft> In(Place? element)
    {
        var conditions = new List<ConditionDraft>();
        foreach (var block in element?.Members ?? [])
        {
            OperatorName? name = OperatorName.TryParse(block.Name, out var known) ? known : null;
            foreach (var key in block.Members)
                conditions.Add(new(block, name, key, [.. key.OneOrMany.Where(value => IsValue(value.Json.Kind))]));
        }
        return conditions;
    }

    public static bool IsValue(JsonKind kind) => kind is JsonKind.Text or JsonKind.Number or JsonKind.Boolean;

    /// <summary>Whether it is about a key; names of keys ignore case.</summary>
    public bool IsOn(string key) => Key.Name.Equals(key, StringComparison.OrdinalIgnoreCase);
}
