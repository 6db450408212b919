namespace Daypass.Policies;

/// <summary>Policies that speak with one voice: those of one type, and for an organization's those of one level.</summary>
/// <param name="Type">The part they play in the decision.</param>
/// <param name="Level">For SCPs and RCPs the level from 0, the organization's root; null for other types.</param>
/// <param name="Policies">The policies in order; none if the set is empty.</param>
public sealed record TracedSet(PolicyType Type, int? Level, IReadOnlyList<TracedPolicy> Policies)
{
    /// <summary>What the set says of the request: a matching Deny counts more than a matching Allow.</summary>
    public TracedOutcome Outcome => Matching(isDeny: true).Any() ? TracedOutcome.Denies
        : Matching(isDeny: false).Any() ? TracedOutcome.Allows : TracedOutcome.Silent;

    /// <summary>The closest way in which a matching Allow names the caller; None in sets of policies without principals.</summary>
    public PrincipalMatch NamedAs => Matching(isDeny: false).Select(statement => statement.NamedAs).DefaultIfEmpty(PrincipalMatch.None).Max();

    /// <summary>Whether the set is of the caller's account rather than of the resource owner's.</summary>
    public bool IsOfCaller => Type is not (PolicyType.Resource or PolicyType.Trust or PolicyType.ResourceControl);

    private IEnumerable<TracedStatement> Matching(bool isDeny) =>
        Policies.SelectMany(policy => policy.Statements).Where(traced => traced.IsMatch && traced.Statement.IsDeny == isDeny);
}
