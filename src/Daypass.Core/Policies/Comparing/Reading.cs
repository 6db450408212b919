namespace Daypass.Policies.Comparing;

/// <summary>How rows are read.</summary>
/// <param name="Values">
/// The values of the condition keys that variables name; null for stand-ins, with which any variable may have any value.
/// </param>
/// <param name="FixedKeys">Those keys, with a value or without.</param>
/// <param name="StrangersOnly">Whether only callers count whom no policy names, by a name or by what only its own people have.</param>
/// <param name="IsQuick">Whether readable samples do: enough to find examples, and no proof.</param>
internal sealed record Reading(RequestContext? Values, IReadOnlySet<string> FixedKeys, bool StrangersOnly, bool IsQuick = false)
{
    private static readonly HashSet<string> NoKeys = [];

    /// <summary>No variable has a value, and all else is what it is.</summary>
    public static Reading Exact(bool strangersOnly) => new(new RequestContext(null, 0), NoKeys, strangersOnly);

    /// <summary>Any variable may have any value.</summary>
    public static Reading Abstract(bool strangersOnly) => new(null, NoKeys, strangersOnly);

    /// <summary>What patterns are tried with; stand-ins have no values.</summary>
    public RequestContext Context => Values ?? Exact(false).Values!;

    public bool IsAbstract => Values is null;

    public bool IsFixed(string key) => FixedKeys.Contains(key);
}
