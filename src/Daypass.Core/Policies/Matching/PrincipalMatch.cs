namespace Daypass.Policies.Matching;

/// <summary>
/// How a resource policy named the caller, from weakest to strongest (IAM guide, "Policy evaluation logic"). An account delegates,
/// a role (or a federated user's user) grants within boundary and session policy, the caller itself or <c>*</c> grants outright.
/// </summary>
internal enum PrincipalMatch
{
    None,
    Account,
    Entity,
    Direct,
}
