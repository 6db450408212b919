namespace Daypass.Policies.Comparing;

/// <summary>What came of an inquiry.</summary>
/// <param name="Possible">Statements of which a claim may be false.</param>
/// <param name="Certain">Statements of which one is, by a request that was confirmed.</param>
/// <param name="Example">Such a request.</param>
/// <param name="IsUnfinished">Whether the work limit was met, so that nothing follows from what was not found.</param>
internal sealed record Finding(HashSet<int> Possible, HashSet<int> Certain, AccessRequest? Example, bool IsUnfinished)
{
    /// <summary>Whether the claims are not all proven.</summary>
    public bool IsOpen => IsUnfinished || Possible.Count > 0;
}
