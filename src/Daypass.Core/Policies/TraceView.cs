namespace Daypass.Policies;

/// <summary>
/// Whose policies a trace shows. Across accounts neither side may read the other's: AWS, too, says nothing of the reason outside of an
/// account or organization.
/// </summary>
public enum TraceView
{
    /// <summary>All: for one account, or for accounts of one organization.</summary>
    All,

    /// <summary>The caller's account: identity, boundary, session and service control policies; all if it owns the resource as well.</summary>
    Caller,

    /// <summary>The resource owner's account: resource and trust policies and resource control policies; all if the caller is of the same.</summary>
    Owner,
}
