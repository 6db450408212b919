using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>The session tags that a call passes, and which of them the next role of a chain shall inherit. Keys ignore case.</summary>
internal sealed record SessionTagRequest(IReadOnlyList<Tag> Tags, IReadOnlyList<string> TransitiveKeys)
{
    private const int MaxTags = 50;
    private const string Reserved = "aws:";

    public static readonly SessionTagRequest None = new([], []);

    /// <summary>The <c>Tags</c> and <c>TransitiveTagKeys</c> of a request.</summary>
    /// <exception cref="ApiException">InvalidParameterValue: a key is there twice, is one of the system's, or is transitive without being a tag.</exception>
    public static SessionTagRequest Read(Parameters wire)
    {
        var request = new SessionTagRequest(ReadTags(wire), wire.Texts("TransitiveTagKeys", TextRules.TagKey, MaxTags));
        if (wire.Violations.Count == 0)
            request.Check();
        return request;
    }

    /// <summary>The same for actions whose sessions start no chain.</summary>
    public static SessionTagRequest ReadWithoutTransitive(Parameters wire)
    {
        var request = new SessionTagRequest(ReadTags(wire), []);
        if (wire.Violations.Count == 0)
            request.Check();
        return request;
    }

    /// <summary>The tags of the new session: those it inherits from the caller's, and those passed.</summary>
    /// <exception cref="ApiException">InvalidParameterValue: an inherited tag would be replaced, or there would be too many.</exception>
    public SessionTags JoinedTo(SessionTags inherited)
    {
        if (Tags.Count == 0)
            return inherited;
        if (Tags.Any(tag => inherited.Has(tag.Key)))
            throw Errors.InvalidParameterValue("One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");
        if (Tags.Count + inherited.All.Count > MaxTags)
            throw Errors.InvalidParameterValue($"The session would have {Tags.Count + inherited.All.Count} tags, {inherited.All.Count} of them inherited from the calling session. {MaxTags} is the most; pass fewer.");
        return new SessionTags(
            [.. inherited.All, .. Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))],
            [.. inherited.Transitive, .. Tags.Select(tag => tag.Key).Where(key => TransitiveKeys.Contains(key, StringComparer.OrdinalIgnoreCase))]);
    }

    private static Tag[] ReadTags(Parameters wire)
    {
        var members = wire.Members("Tags");
        wire.LimitCount("Tags", members.Count, MaxTags);
        return [.. members.Select(member => new Tag(wire.RequiredText(member + ".Key", TextRules.TagKey), wire.RequiredText(member + ".Value", TextRules.TagValue)))];
    }

    private void Check()
    {
        if (Tags.DistinctBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Count() != Tags.Count)
            throw Errors.InvalidParameterValue("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        if (Tags.FirstOrDefault(tag => tag.Key.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw Errors.InvalidParameterValue($"The tag key '{reserved.Key}' is not allowed: keys that start with '{Reserved}' are reserved.");
        if (TransitiveKeys.Any(key => !Tags.Any(tag => tag.Key.Equals(key, StringComparison.OrdinalIgnoreCase))))
            throw Errors.InvalidParameterValue("The specified transitive tag key must be included in the requested tags.");
    }
}
