using Daypass.Policies.Variables;

namespace Daypass.Policies.Conditions;

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
