namespace Daypass.Policies.Conditions;

/// <summary>What came of comparing a request's value with the values in a policy.</summary>
internal enum Comparison
{
    /// <summary>None of the policy's values fits.</summary>
    No,

    /// <summary>At least one fits.</summary>
    Yes,

    /// <summary>The operator cannot read the request's value.</summary>
    Unreadable,
}
