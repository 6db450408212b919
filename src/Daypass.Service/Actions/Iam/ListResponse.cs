using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam;

/// <summary>The answer of IAM's List actions: one page of structures under the member that the action calls them.</summary>
internal sealed record ListResponse(string Member, Page<IShape> Page) : IShape
{
    public static ListResponse Of<T>(string member, Page<T> page, Func<T, IShape> shape) =>
        new(member, new Page<IShape>([.. page.Items.Select(shape)], page.Marker));

    /// <summary>For what cannot exist here yet.</summary>
    public static ListResponse Empty(string member) => new(member, new Page<IShape>([], null));

    /// <summary>The answer of all List...Tags actions.</summary>
    public static ListResponse OfTags(IReadOnlyList<Tag> tags, Paging paging) => Of("Tags", paging.Of(tags, tag => tag.Key), tag => new TagShape(tag));

    public void Write(ShapeWriter writer)
    {
        writer.List(Member, Page.Items);
        Page.Write(writer);
    }
}

/// <summary>The same for lists of names.</summary>
internal sealed record NameListResponse(string Member, Page<string> Page) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.TextList(Member, Page.Items);
        Page.Write(writer);
    }
}
