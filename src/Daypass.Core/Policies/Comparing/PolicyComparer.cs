namespace Daypass.Policies.Comparing;

/// <summary>
/// Questions about everything that a policy allows, whoever asks for whatever (what AWS calls custom policy checks). A check passes only if it
/// is proven that there is no such access, for every request that <see cref="PolicyEvaluator"/> could be given. Pure, and bounded in time and memory for
/// any document: what is too much to prove does not pass. Safe to call from many threads.
/// </summary>
/// <remarks>
/// A policy is taken by itself: what boundaries, organizations or other policies take away is not considered. Condition keys are taken
/// to be independent of each other and of the caller, so access that only an impossible combination would have (an
/// <c>aws:PrincipalArn</c> that is not the caller's) counts as access. A key has one value, unless it is used under
/// <c>ForAllValues</c> or <c>ForAnyValue</c> in one of the documents or AWS declares it multivalued.
/// </remarks>
public static class PolicyComparer
{
    /// <summary>Whether a policy allows nothing that another does not.</summary>
    /// <param name="updated">The policy that is to be.</param>
    /// <param name="existing">The policy that is now; of the same kind: both or neither name principals.</param>
    public static Comparison CheckNoNewAccess(PolicyDocument updated, PolicyDocument existing) =>
        Coverage.Covers(existing, updated) ? Proven : Unproven("It could not be proven that the updated policy grants no new access.");

    /// <summary>Whether a policy allows none of the listed access, to anybody under any conditions.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="access">Each entry is a question of its own; no entries ask for nothing.</param>
    public static Comparison CheckAccessNotGranted(PolicyDocument policy, IReadOnlyList<AccessPattern> access) =>
        access.Count == 0 ? Proven : Unproven("It could not be proven that the policy grants none of the listed access.");

    /// <summary>Whether a resource or trust policy lets no stranger in.</summary>
    /// <param name="policy">A policy with principals; any other lets nobody in.</param>
    public static Comparison CheckNoPublicAccess(PolicyDocument policy) =>
        policy.Statements.All(statement => statement.IsDeny) ? Proven : Unproven("It could not be proven that the policy grants no public access.");

    private static Comparison Proven { get; } = new(true, [], null);

    private static Comparison Unproven(string why) => new(false, [new(why, -1, null)], null);
}
