using System.Buffers;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>What the actions of Roles Anywhere read in the same way, with the rules of its model.</summary>
internal static class AnywhereInput
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> TagCharacters = SearchValues.Create(Letters + " _.:/=+@-");
    private static readonly TextRule Uuid = TextRule.Of(36, 36, ".*[a-f0-9]{8}-([a-z0-9]{4}-){3}[a-z0-9]{12}.*", SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"));
    private static readonly TextRule NameRule = TextRule.Of(1, 255, "[ a-zA-Z0-9-_]*", SearchValues.Create(Letters + " -_"));
    private static readonly TextRule TagKey = TextRule.Of(1, 128, "[ a-zA-Z0-9_.:/=+@-]*", TagCharacters);
    private static readonly TextRule TagValue = TextRule.Of(0, 256, "[ a-zA-Z0-9_.:/=+@-]*", TagCharacters);

    /// <summary>Any ARN of the model.</summary>
    public static readonly TextRule AnyArn = TextRule.Of(1, 1011);

    public static string Id(Parameters wire, string name) => wire.RequiredText(name, Uuid);

    public static string Name(Parameters wire) => wire.RequiredText("name", NameRule);

    public static string? OptionalName(Parameters wire) => wire.Text("name", NameRule);

    /// <summary>The ARN of a trust anchor, a profile or a CRL.</summary>
    public static string ArnText(Parameters wire, string name, string resource) =>
        wire.RequiredText(name, new TextRule(1, 1011, $"arn:aws(-[^:]+)?:rolesanywhere(:.*){{2}}(:{resource}.*)", text => Parse(text, resource) is not null));

    /// <summary>The ARN, if it is one of this kind.</summary>
    public static Arn? Parse(string text, string resource) =>
        Arn.TryParse(text, out var arn) && arn is { Partition: "aws", Service: "rolesanywhere", AccountId: not null } && arn.Resource.StartsWith(resource + "/", StringComparison.Ordinal) ? arn : null;

    public static string IdIn(Arn arn) => arn.Resource[(arn.Resource.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public static IReadOnlyList<Tag> Tags(Parameters wire)
    {
        var members = wire.Members("tags");
        wire.LimitCount("tags", members.Count, Iam.Quotas.Tags);
        List<Tag> tags = [.. members.Select(member => new Tag(wire.RequiredText(member + ".key", TagKey), wire.RequiredText(member + ".value", TagValue)))];
        if (tags.DistinctBy(tag => tag.Key, StringComparer.Ordinal).Count() != tags.Count)
            wire.Violate(Parameters.LeftOut, "tags", "Member must have each key once");
        if (tags.Find(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } reserved)
            wire.Violate(reserved.Key, "tags", "Member must not have a key that starts with 'aws:', which is reserved");
        return tags;
    }

    public static IReadOnlyList<string> TagKeys(Parameters wire)
    {
        var keys = wire.Texts("tagKeys", TagKey, 200);
        if (keys.Count == 0 && wire.Raw("tagKeys") is null)
            wire.Missing("tagKeys");
        return keys;
    }
}

/// <summary>The request of an action that only names what it is done to.</summary>
internal sealed record AnywhereTarget(string Id);
