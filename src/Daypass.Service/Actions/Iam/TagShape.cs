using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam;

/// <summary>A tag as all IAM actions return it.</summary>
internal sealed record TagShape(Tag Tag) : IShape
{
    /// <summary>For entities, whose answers leave out an empty list of tags.</summary>
    public static IEnumerable<TagShape>? ListOrNull(IReadOnlyList<Tag> tags) => tags.Count == 0 ? null : tags.Select(tag => new TagShape(tag));

    public void Write(ShapeWriter writer)
    {
        writer.Text("Key", Tag.Key);
        writer.Text("Value", Tag.Value);
    }
}
