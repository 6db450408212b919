using System.Globalization;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>
/// The paging of Roles Anywhere's lists, in the order of ids. A token is the id of the last one shown, so a page goes on at the right place even when
/// others came or went in between.
/// </summary>
internal sealed record AnywherePage(string? After, int Size)
{
    private const int DefaultSize = 100;

    public static AnywherePage Read(Parameters wire) => new(wire.Text("nextToken", TextRule.Of(1, 10_000)), wire.Number("pageSize", 1, 1000) ?? DefaultSize);

    public AnywhereList Of<T>(string member, Scene scene, DocumentKind<T> kind, Func<T, string> idOf, Func<T, IShape> shapeOf)
        where T : class
    {
        List<T> page = [.. scene.Home.Documents.All(kind, After).Take(Size + 1)];
        var next = page.Count > Size ? idOf(page[Size - 1]) : null;
        return new AnywhereList(member, [.. page.Take(Size).Select(shapeOf)], next);
    }
}

/// <summary>The answer of a list.</summary>
internal sealed record AnywhereList(string Member, IReadOnlyList<IShape> Items, string? NextToken) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.List(Member, Items);
        writer.Text("nextToken", NextToken);
    }
}

/// <summary>The answer of an action on one resource: the resource, under the name of its kind.</summary>
internal sealed record AnywhereDetail(string Member, IShape Detail) : IShape
{
    public void Write(ShapeWriter writer) => writer.Structure(Member, Detail);
}
