namespace Daypass.Policies.Comparing;

/// <summary>
/// Questions about everything that a policy allows, whoever asks for whatever (what AWS calls custom policy checks). A check passes only if it
/// is proven that there is no such access. Pure, and bounded in time and memory for any document: what is too much to prove does not
/// pass. Safe to call from many threads.
/// </summary>
/// <remarks>
/// <para>A policy is taken by itself: what boundaries, organizations or other policies take away is not considered, and a policy on a resource allows
/// what it allows to callers whose own policies allow it too.</para>
/// <para>Actions are <c>service:name</c>; resources are <c>*</c> and ARNs, and any text if a pattern is of another form. Condition keys are taken to be
/// independent of each other and of the caller, so access that only an impossible combination would have (an <c>aws:PrincipalArn</c> that is not the
/// caller's) counts as access. A key has one value, unless it is used under <c>ForAllValues</c> or <c>ForAnyValue</c> in one of the documents or
/// AWS declares it multivalued; the values of well-known keys are of their declared type.</para>
/// </remarks>
public static class PolicyComparer
{
    /// <summary>Whether a policy allows nothing that another does not.</summary>
    /// <param name="updated">The policy that is to be.</param>
    /// <param name="existing">The policy that is now; of the same kind: both or neither name principals, or it does not pass.</param>
    /// <returns>
    /// The reasons name statements of <paramref name="updated"/>. The counter-example is allowed by it and not by
    /// <paramref name="existing"/>: as the only identity policy of the caller, or as the resource's policy for a caller of another account whose own
    /// policies allow everything.
    /// </returns>
    public static Comparison CheckNoNewAccess(PolicyDocument updated, PolicyDocument existing)
    {
        if (Confirmation.NamesPrincipals(updated.Type) != Confirmation.NamesPrincipals(existing.Type))
            return Verdict.Refused("The policies cannot be compared: only one of them names principals.");
        if (Coverage.Covers(existing, updated))
            return Verdict.Passed;
        var question = new Question(updated, existing);
        return question.Answer(question.NoNewAccess(), "New access", strangersOnly: false);
    }

    /// <summary>Whether a policy allows none of the listed access, to anybody under any conditions.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="access">Each entry is a question of its own; no entries ask for nothing.</param>
    /// <returns>The reasons name statements of the policy. An entry that can match nothing does not pass: it is not what was meant.</returns>
    public static Comparison CheckAccessNotGranted(PolicyDocument policy, IReadOnlyList<AccessPattern> access)
    {
        foreach (var action in access.SelectMany(entry => entry.Actions))
        {
            if (!new Matching.ActionPattern(action).IsAlive)
                return Verdict.Refused($"The access pattern \"{action}\" matches no action.");
        }
        var question = new Question(policy, null, access);
        return question.Answer(question.NoneOf(access.Count), "Listed access", strangersOnly: false);
    }

    /// <summary>
    /// Whether a resource or trust policy lets no stranger in. A stranger is a caller of an account that the policy does not name, an unsigned
    /// caller, or a bearer of a token of a named provider that is open to everybody (one named by its host, or an issuer that tenants share: <see cref="Validation.Federation.SharedIssuers"/>). What a stranger never has is a fixed
    /// value, named in the policy, of a key that says who or where somebody is: <c>aws:PrincipalAccount</c>, <c>PrincipalArn</c>, <c>PrincipalOrgID</c>,
    /// <c>PrincipalOrgPaths</c>, <c>PrincipalIsAWSService</c>, <c>PrincipalServiceName</c>, <c>SourceAccount</c>, <c>SourceArn</c>, <c>SourceOwner</c>,
    /// <c>SourceOrgID</c>, <c>SourceOrgPaths</c>, <c>SourceIp</c>, <c>SourceVpc</c>, <c>SourceVpcArn</c>, <c>SourceVpce</c>, <c>VpceAccount</c>,
    /// <c>VpceOrgID</c>, <c>VpceOrgPaths</c>, <c>userid</c>, <c>kms:CallerAccount</c>, <c>s3:DataAccessPointAccount</c>, <c>s3:DataAccessPointArn</c>, and the
    /// claims of a provider's tokens (of a shared issuer, those that name a tenant). A value is fixed if it has no wildcards and variables, is an ARN of one account, a user id of one role
    /// (<c>AROA...:*</c>), a path in one organization (<c>o-.../*</c>), or a range of addresses of at least /8 (IPv6: /32).
    /// </summary>
    /// <param name="policy">A policy with principals; any other lets nobody in, and passes.</param>
    /// <returns>The counter-example is a stranger's request that the policy allows.</returns>
    public static Comparison CheckNoPublicAccess(PolicyDocument policy)
    {
        if (!Confirmation.NamesPrincipals(policy.Type))
            return Verdict.Passed;
        var question = new Question(policy);
        return question.Answer(question.NoneOf(), "Public access", strangersOnly: true);
    }
}
