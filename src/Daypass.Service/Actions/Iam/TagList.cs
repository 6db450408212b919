using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam;

/// <summary>
/// Reads and changes the tags of entities. Keys of users and roles ignore case and those of all else do not
/// (<see cref="IgnoringCase"/>, <see cref="Exact"/>); in one request two keys that differ only in case are refused for all.
/// </summary>
internal static class TagList
{
    public static readonly StringComparer IgnoringCase = StringComparer.OrdinalIgnoreCase;
    public static readonly StringComparer Exact = StringComparer.Ordinal;

    /// <summary>The <c>Tags</c> of a request.</summary>
    /// <exception cref="ApiException">InvalidInput: a key is there twice, or is one of the system's.</exception>
    public static IReadOnlyList<Tag> Read(Parameters wire)
    {
        var members = wire.Members("Tags");
        wire.LimitCount("Tags", members.Count, Quotas.Tags);
        List<Tag> tags = [.. members.Select(member => new Tag(wire.RequiredText(member + ".Key", TextRules.TagKey), wire.RequiredText(member + ".Value", TextRules.TagValue)))];
        // Faults of form go first, as AWS has it, and the pipeline reports them.
        if (wire.Violations.Count == 0)
            Check(tags);
        return tags;
    }

    /// <summary>The <c>Tags</c> of an action that takes nothing else; absent is not the same as empty.</summary>
    public static IReadOnlyList<Tag> ReadRequired(Parameters wire)
    {
        var tags = Read(wire);
        if (tags.Count == 0 && wire.Raw("Tags") is null)
            wire.Missing("Tags");
        return tags;
    }

    /// <summary>The <c>TagKeys</c> of a request.</summary>
    public static IReadOnlyList<string> ReadKeys(Parameters wire)
    {
        var keys = wire.Texts("TagKeys", TextRules.TagKey, Quotas.Tags);
        if (keys.Count == 0 && wire.Raw("TagKeys") is null)
            wire.Missing("TagKeys");
        return keys;
    }

    /// <summary>The tags with others added: those whose key is there already take its place.</summary>
    /// <exception cref="ApiException">LimitExceeded: there would be more than an entity may have.</exception>
    public static IReadOnlyList<Tag> With(IReadOnlyList<Tag> tags, IReadOnlyList<Tag> added, StringComparer keys)
    {
        List<Tag> merged = [.. tags];
        foreach (var tag in added)
        {
            var place = merged.FindIndex(old => keys.Equals(old.Key, tag.Key));
            if (place < 0)
                merged.Add(tag);
            else
                merged[place] = tag;
        }
        return merged.Count <= Quotas.Tags ? merged : throw Errors.LimitExceeded("The number of tags has reached the maximum limit.");
    }

    /// <summary>The tags without those of the keys; a key that is not there is no error.</summary>
    public static IReadOnlyList<Tag> Without(IReadOnlyList<Tag> tags, IReadOnlyList<string> removed, StringComparer keys) =>
        [.. tags.Where(tag => !removed.Contains(tag.Key, keys))];

    private static void Check(List<Tag> tags)
    {
        if (tags.DistinctBy(tag => tag.Key, IgnoringCase).Count() != tags.Count)
            throw Errors.InvalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        if (tags.Find(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw Errors.InvalidInput($"The tag key '{reserved.Key}' is not allowed: keys that start with 'aws:' are reserved.");
    }
}
