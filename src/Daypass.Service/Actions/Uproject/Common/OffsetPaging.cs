using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Common;

/// <summary>
/// The dialect's pages: so many from so far. What is made or ends between two pages moves the rest, as in that cloud; an offset behind the end is an
/// empty page, which clients take for it.
/// </summary>
internal readonly record struct OffsetPaging(int Offset, int Limit)
{
    private const int Default = 10;
    private const int Most = 100;

    public static OffsetPaging Read(Parameters wire) => new(wire.Number("Offset", 0, int.MaxValue) ?? 0, wire.Number("Limit", 1, Most) ?? Default);

    public IEnumerable<T> Of<T>(IEnumerable<T> all) => all.Skip(Offset).Take(Limit);

    /// <summary>The page with the number of all.</summary>
    public CountedList Of<T>(string name, IReadOnlyCollection<T> all, Func<T, IShape> shape) => new(name, [.. Of(all).Select(shape)], all.Count);
}

/// <summary>A page of a list, and how many there are in all.</summary>
internal sealed record CountedList(string Name, IReadOnlyList<IShape> Items, int TotalCount) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.List(Name, Items);
        writer.Number("TotalCount", TotalCount);
    }
}
