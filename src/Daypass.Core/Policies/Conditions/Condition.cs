using Daypass.Policies.Matching;

namespace Daypass.Policies.Conditions;

/// <summary>One operator and one key with its values: the unit that a statement's conditions are the conjunction of.</summary>
internal sealed class Condition(OperatorName name, string key, IReadOnlyList<string> values, Operands operands)
{
    private readonly int _signature = KeySignature.Of(key);

    /// <summary>The operator.</summary>
    public OperatorName Name { get; } = name;

    /// <summary>The key as written.</summary>
    public string Key { get; } = key;

    /// <summary>The policy's values as written.</summary>
    public IReadOnlyList<string> Values { get; } = values;

    /// <summary>The policy's values as the operator reads them.</summary>
    public Operands Operands { get; } = operands;

    /// <summary>Whether the request satisfies it (IAM guide, "Multivalued context keys" and "Condition operators").</summary>
    public bool IsMet(RequestContext context)
    {
        var isPresent = context.TryGet(Key, _signature, out var value);
        return Name.Set switch
        {
            SetMode.ForAllValues => Name.Operator.IsNull || AreAllMet(value, context),
            SetMode.ForAnyValue => !Name.Operator.IsNull && IsAnyMet(value, context),
            _ when Name.Operator.IsNull => IsMet(Presence(isPresent, value), context),
            _ => IsMetWithoutSet(isPresent, value, context),
        };
    }

    private bool IsMetWithoutSet(bool isPresent, ContextValue value, RequestContext context)
    {
        if (!isPresent)
            return Name.IfExists || Name.Operator.IsNegated;
        return value.Single is { } single ? IsMet(single, context) : PolicyChoices.ListWithoutSetOperatorMatches;
    }

    private bool AreAllMet(ContextValue value, RequestContext context)
    {
        if (PolicyChoices.OneEmptyTextIsNoValue && value.Count == 1 && value[0].Length == 0)
            return true;
        for (var i = 0; i < value.Count; i++)
        {
            if (!IsMet(value[i], context))
                return false;
        }
        return true;
    }

    private bool IsAnyMet(ContextValue value, RequestContext context)
    {
        if (PolicyChoices.IfExistsCountsUnderSetOperator && Name.IfExists && value.Count == 0)
            return true;
        for (var i = 0; i < value.Count; i++)
        {
            if (IsMet(value[i], context))
                return true;
        }
        return false;
    }

    private bool IsMet(string value, RequestContext context) => Operands.Compare(value, context) switch
    {
        Comparison.Yes => !Name.Operator.IsNegated,
        Comparison.No => Name.Operator.IsNegated && (Values.Count > 0 || PolicyChoices.NegationOfNoValuesMatches),
        _ => PolicyChoices.UnreadableValueMatches,
    };

    /// <summary>What <c>Null</c> compares with: "true" if the key is absent.</summary>
    private static string Presence(bool isPresent, ContextValue value)
    {
        var isAbsent = !isPresent || value.Count == 0 || (!PolicyChoices.EmptyTextIsPresent && value.Single is "");
        return isAbsent ? "true" : "false";
    }
}
