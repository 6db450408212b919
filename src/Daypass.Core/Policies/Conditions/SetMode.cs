namespace Daypass.Policies.Conditions;

/// <summary>How the values of a multivalued key are quantified.</summary>
internal enum SetMode
{
    None,
    ForAllValues,
    ForAnyValue,
}
