using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam;

/// <summary>
/// The paging of IAM's lists. A marker is the sort key of the last item shown, so a page goes on at the right place even when items came
/// or went in between; every item that stays is shown exactly once.
/// </summary>
internal sealed record Paging(string? Marker, int MaxItems)
{
    private const int DefaultItems = 100;
    private const int Limit = 1000;

    public static Paging Read(Parameters wire) => new(
        wire.Text("Marker", TextRules.Marker),
        wire.Number("MaxItems", 1, Limit) ?? DefaultItems);

    /// <summary>One page in ordinal order of the keys, which are unique and no longer than a marker may be (320).</summary>
    public Page<T> Of<T>(IEnumerable<T> items, Func<T, string> keyOf) => Cut(
        items.Where(item => Marker is null || string.CompareOrdinal(keyOf(item), Marker) > 0).OrderBy(keyOf, StringComparer.Ordinal), keyOf);

    /// <summary>
    /// One page of items that are kept in ordinal order of their keys: <paramref name="after"/> gives those after a key (all, for null), and
    /// only as many as the page needs are asked for. What a page costs does not hang on how many there are.
    /// </summary>
    public Page<T> InOrder<T>(Func<string?, IEnumerable<T>> after, Func<T, string> keyOf) => Cut(after(Marker), keyOf);

    /// <summary>The first items of a kind that can be on this page, when the keys are the kind, a slash and the name.</summary>
    public IEnumerable<T> OfKind<T>(string kind, Func<string?, IEnumerable<T>> after)
    {
        var start = kind + "/";
        if (Marker is null || string.CompareOrdinal(Marker, start) < 0)
            return after(null).Take(MaxItems + 1);
        return Marker.StartsWith(start, StringComparison.Ordinal) ? after(Marker[start.Length..]).Take(MaxItems + 1) : [];
    }

    private Page<T> Cut<T>(IEnumerable<T> items, Func<T, string> keyOf)
    {
        List<T> page = [.. items.Take(MaxItems + 1)];
        if (page.Count <= MaxItems)
            return new Page<T>(page, null);
        page.RemoveAt(MaxItems);
        return new Page<T>(page, keyOf(page[^1]));
    }
}

/// <summary>One page of a list, and where the next one starts.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Marker)
{
    /// <summary>Writes <c>IsTruncated</c>, which is always there, and <c>Marker</c>, which is there when it is true.</summary>
    public void Write(ShapeWriter writer)
    {
        writer.Flag("IsTruncated", Marker is not null);
        writer.Text("Marker", Marker);
    }
}

/// <summary>The <c>PathPrefix</c> filter of lists; without one everything is listed.</summary>
internal static class PathPrefix
{
    public static string Read(Parameters wire) => wire.Text("PathPrefix", TextRules.PathPrefix) ?? "/";

    public static bool HasPath(string prefix, string path) => path.StartsWith(prefix, StringComparison.Ordinal);
}
