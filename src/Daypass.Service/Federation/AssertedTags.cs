using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation;

/// <summary>AWS's rules for session tags that an identity provider asserts, whatever they came in.</summary>
internal static class AssertedTags
{
    private const int MaxTags = 50;

    /// <summary>What is wrong with them, as the end of a sentence; null when nothing is.</summary>
    public static string? WhyNot(IReadOnlyList<Tag> tags, IReadOnlyList<string> transitive) =>
        tags.Count > MaxTags || transitive.Count > MaxTags ? $"may have {MaxTags} tags at most"
        : tags.Any(tag => !Fits(TextRules.TagKey, tag.Key) || !Fits(TextRules.TagValue, tag.Value)) ? $"has a key or a value that is too long, or has characters outside {TextRules.TagValue.Pattern}"
        : tags.Any(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) ? "has a key that starts with 'aws:', which is reserved"
        : tags.DistinctBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Count() != tags.Count ? "has a key twice. Please note that Tag keys are case insensitive"
        : transitive.Any(key => !tags.Any(tag => tag.Key.Equals(key, StringComparison.OrdinalIgnoreCase))) ? "has a transitive tag key that is not among its tags"
        : null;

    private static bool Fits(TextRule rule, string text) => text.Length >= rule.Minimum && text.Length <= rule.Maximum && rule.HasOnlyAllowed(text);
}
