using Daypass.Policies.Variables;

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

/// <summary>The policy's values under one operator and key, read when the policy is compiled.</summary>
internal abstract class Operands
{
    /// <summary>Whether every operand could be read.</summary>
    public virtual bool AreReadable => true;

    /// <summary>The condition keys of variables in the operands.</summary>
    public virtual IEnumerable<string> Keys => [];

    /// <summary>Compares one value of the request with all operands.</summary>
    public abstract Comparison Compare(string value, RequestContext context);

    private protected static IEnumerable<string> KeysOf(TextPattern[] patterns) => patterns.SelectMany(pattern => pattern.Keys);
}
