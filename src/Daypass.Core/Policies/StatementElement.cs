namespace Daypass.Policies;

/// <summary>The parts of a statement that must fit for it to apply.</summary>
public enum StatementElement
{
    /// <summary><c>Principal</c> or <c>NotPrincipal</c>, or the want of both where a policy needs one.</summary>
    Principal,

    /// <summary><c>Action</c> or <c>NotAction</c>.</summary>
    Action,

    /// <summary><c>Resource</c> or <c>NotResource</c>.</summary>
    Resource,

    /// <summary>One operator with one key in <c>Condition</c>.</summary>
    Condition,
}
