namespace Daypass.Policies.Validation.Services;

/// <summary>A type of resource.</summary>
/// <param name="Name">For people.</param>
/// <param name="Pattern">The ARNs of the type, with wildcards; see <see cref="Symbols.OfFormat"/>.</param>
/// <param name="HasTags">Whether <c>aws:ResourceTag</c> is there for it.</param>
internal sealed record ResourceFacts(string Name, string Pattern, bool HasTags)
{
    private readonly int[] _symbols = Symbols.OfFormat(Pattern);
    private readonly int[][] _fields = [.. Pattern.Split(':', Matching.ArnFields.Count).Select(Symbols.OfFormat)];

    public string[] Fields { get; } = Pattern.Split(':', Matching.ArnFields.Count);

    /// <summary>Whether some ARN of the type matches a pattern.</summary>
    public bool Overlaps(ResourceShape pattern) => pattern.Overlaps(_symbols, _fields);

    /// <summary>Whether some last field of the type matches a pattern of last fields.</summary>
    public bool IsNamedLike(ReadOnlySpan<int> last) => Symbols.Overlap(_fields[^1], last);
}
