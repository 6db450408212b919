using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam;

/// <summary>The permission that an IAM action asks for, with the condition keys of what it is done to and of the tags it passes.</summary>
internal static class ResourceKeys
{
    /// <summary>Permission for an action on an entity of the caller's account.</summary>
    /// <param name="action">Such as <c>iam:TagUser</c>.</param>
    /// <param name="target">The stored ARN when the entity exists; otherwise what its ARN would be on the path <c>/</c>.</param>
    /// <param name="targetTags">The tags that the entity has now.</param>
    /// <param name="more">Further keys, such as <c>iam:PolicyARN</c>; null values are absent keys.</param>
    public static Permission On(Scene scene, string action, Arn target, IReadOnlyList<Tag> targetTags, params IReadOnlyList<KeyValuePair<string, string?>> more) =>
        new(action, target.ToString(), scene.Caller.Account) { Keys = [.. OfTarget(targetTags), .. Present(more)] };

    /// <summary>Adds <c>aws:RequestTag/k</c> and <c>aws:TagKeys</c>; when no tags are passed both are absent.</summary>
    public static Permission Passing(this Permission permission, IReadOnlyList<Tag> tags) => tags.Count == 0 ? permission : permission with
    {
        Keys = [.. permission.Keys, .. tags.Select(tag => KeyValuePair.Create("aws:RequestTag/" + tag.Key, tag.Value))],
        ListKeys = [TagKeys([.. tags.Select(tag => tag.Key)])],
    };

    /// <summary>Adds <c>aws:TagKeys</c> for actions that take keys only.</summary>
    public static Permission PassingKeys(this Permission permission, IReadOnlyList<string> keys) =>
        keys.Count == 0 ? permission : permission with { ListKeys = [TagKeys(keys)] };

    /// <summary>The tags of an entity as the condition keys of what is done to it.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfTarget(IReadOnlyList<Tag> tags)
    {
        foreach (var tag in tags)
        {
            yield return KeyValuePair.Create("iam:ResourceTag/" + tag.Key, tag.Value);
            yield return KeyValuePair.Create("aws:ResourceTag/" + tag.Key, tag.Value);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Present(IReadOnlyList<KeyValuePair<string, string?>> keys)
    {
        foreach (var (key, value) in keys)
        {
            if (value is not null)
                yield return KeyValuePair.Create(key, value);
        }
    }

    private static KeyValuePair<string, IReadOnlyList<string>> TagKeys(IReadOnlyList<string> keys) => KeyValuePair.Create("aws:TagKeys", keys);
}
