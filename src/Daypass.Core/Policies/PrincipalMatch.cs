namespace Daypass.Policies;

/// <summary>
/// How a resource policy named the caller, from weakest to strongest (IAM guide, "Policy evaluation logic"). An account delegates,
/// a role (or a federated user's user) grants within boundary and session policy, the caller itself or <c>*</c> grants outright.
/// </summary>
public enum PrincipalMatch
{
    /// <summary>Not at all, or the policy is of a type without principals.</summary>
    None,

    /// <summary>By its account: the account's own policies must allow too.</summary>
    Account,

    /// <summary>By the role of a session, or by the user of a federated user.</summary>
    Entity,

    /// <summary>As itself, or by <c>*</c>.</summary>
    Direct,
}
