namespace Daypass.Policies;

/// <summary>
/// Every policy that applies to one request. Whoever puts it together leaves out what does not apply (SCPs for the management
/// account, RCPs for services without them, boundaries for root); the evaluator applies what it is given.
/// </summary>
public sealed record PolicySet
{
    /// <summary>The caller's identity policies: the user's and its groups', or the role's.</summary>
    public IReadOnlyList<Policy> Identity { get; init; } = [];

    /// <summary>The permissions boundary of the user or role; null if there is none.</summary>
    public Policy? Boundary { get; init; }

    /// <summary>The policies passed when the session was made, inline and managed as one set; null if none was passed.</summary>
    public IReadOnlyList<Policy>? Session { get; init; }

    /// <summary>The policies on the resource; for <c>sts:AssumeRole*</c> the role's trust policy.</summary>
    public IReadOnlyList<Policy> Resource { get; init; } = [];

    /// <summary>Service control policies of the caller's account: one list for the root, each unit below it, and the account.</summary>
    public IReadOnlyList<IReadOnlyList<Policy>> ServiceControl { get; init; } = [];

    /// <summary>Resource control policies of the owner's account, in the same levels.</summary>
    public IReadOnlyList<IReadOnlyList<Policy>> ResourceControl { get; init; } = [];

    /// <summary>What <see cref="Resource"/> is: a trust policy, or policies of a resource.</summary>
    internal PolicyType TypeOfResource =>
        Resource.Count > 0 && Resource[0].Document.Type == PolicyType.Trust ? PolicyType.Trust : PolicyType.Resource;
}
