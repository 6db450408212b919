namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>
/// Which of the given context entries count where along a chain. Those of the caller's surroundings count everywhere; what tells of a single call
/// counts for that call: the roles' own tags at the steps, tags of the resource and of the request at the end.
/// </summary>
internal static class ChainContext
{
    private static readonly string[] OfAssuming = ["sts:ExternalId", "sts:SourceIdentity"];
    private static readonly string[] OfOtherCalls = ["aws:ResourceTag/", "aws:RequestTag/", "aws:TagKeys"];

    /// <summary>The entries of the steps, which are calls of AssumeRole.</summary>
    public static IReadOnlyList<ContextEntry> OfSteps(IReadOnlyList<ContextEntry> entries) =>
        [.. entries.Where(entry => (Begins(entry, "aws:") && !OfOtherCalls.Any(start => Begins(entry, start))) || Begins(entry, "sts:"))];

    /// <summary>The entries of the calls that the last session makes.</summary>
    public static IReadOnlyList<ContextEntry> OfTheEnd(IReadOnlyList<ContextEntry> entries) =>
        [.. entries.Where(entry => !OfAssuming.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))];

    private static bool Begins(ContextEntry entry, string start) => entry.Key.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
