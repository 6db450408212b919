namespace Daypass.Policies.Validation.Services;

/// <summary>A type of resource.</summary>
/// <param name="Name">For people.</param>
/// <param name="Pattern">The ARNs of the type, with wildcards.</param>
/// <param name="HasTags">Whether <c>aws:ResourceTag</c> is there for it.</param>
internal sealed record ResourceFacts(string Name, string Pattern, bool HasTags)
{
    private readonly int[] _symbols = Symbols.Of(Pattern);

    public string[] Fields { get; } = Pattern.Split(':', Matching.ArnFields.Count);

    /// <summary>Whether some ARN of the type matches a pattern.</summary>
    public bool Overlaps(ReadOnlySpan<int> pattern) => Symbols.Overlap(_symbols, pattern);
}
