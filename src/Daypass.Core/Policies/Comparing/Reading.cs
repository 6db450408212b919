namespace Daypass.Policies.Comparing;

/// <summary>How rows are read.</summary>
/// <param name="Values">
/// The values of the condition keys that variables name; null for stand-ins, with which any variable may have any value.
/// </param>
/// <param name="FixedKeys">Those keys, with a value or without.</param>
/// <param name="StrangersOnly">Whether only callers count whom no policy names, by a name or by what only its own people have.</param>
internal sealed record Reading(RequestContext? Values, IReadOnlySet<string> FixedKeys, bool StrangersOnly)
{
    public bool IsAbstract => Values is null;

    public bool IsFixed(string key) => FixedKeys.Contains(key);
}
