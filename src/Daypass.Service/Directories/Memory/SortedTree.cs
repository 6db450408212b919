namespace Daypass.Service.Directories.Memory;

/// <summary>
/// A sorted set that never changes: a change makes a new one that shares all but the path to what changed (a B+ tree, copied on write).
/// It exists because an account may hold a hundred thousand users: an item costs some 11 bytes for its place, a change copies about a
/// kilobyte however large the set is, and a page of a list starts at its marker. The framework's immutable collections take 64 to 88
/// bytes an item. See docs/decisions/0015.
/// </summary>
internal sealed class SortedTree<T>
    where T : struct, IPlaced
{
    public static readonly SortedTree<T> Empty = new(new TreeLeaf<T>([]));
    private readonly TreeNode<T> _root;

    private SortedTree(TreeNode<T> root) => _root = root;

    public int Count => _root.Count;

    /// <summary>A tree of items that are in order of their places, each place once.</summary>
    public static SortedTree<T> Of(ReadOnlySpan<T> sorted) => sorted.IsEmpty ? Empty : new SortedTree<T>(TreeBuilder<T>.Build(sorted));

    public bool TryFind(Place place, out T item)
    {
        var node = _root;
        while (node is TreeBranch<T> branch)
            node = branch.ChildFor(place);
        return ((TreeLeaf<T>)node).TryFind(place, out item);
    }

    /// <summary>The first item that is not before a place.</summary>
    public bool TryFindFirst(Place place, out T item)
    {
        var (node, next) = (_root, (TreeNode<T>?)null);
        while (node is TreeBranch<T> branch)
            (node, next) = branch.ChildrenFor(place, next);
        var leaf = (TreeLeaf<T>)node;
        var at = leaf.IndexOf(place);
        item = at < leaf.Items.Length ? leaf.Items[at] : next?.First ?? default;
        return at < leaf.Items.Length || next is not null;
    }

    /// <summary>This set with an item more, or with another in the same place.</summary>
    public SortedTree<T> With(T item)
    {
        var (node, right) = _root.With(item);
        return new SortedTree<T>(right is null ? node : new TreeBranch<T>([node, right]));
    }

    /// <summary>This set without what is in a place; itself if nothing is there.</summary>
    public SortedTree<T> Without(Place place)
    {
        var node = _root.Without(place);
        while (node is TreeBranch<T> { Size: 1 } lonely)
            node = lonely.Children[0];
        return ReferenceEquals(node, _root) ? this : node is null ? Empty : new SortedTree<T>(node);
    }

    /// <summary>How many items are in places before this one.</summary>
    public int CountBefore(Place place) => _root.CountBefore(place);

    /// <summary>The items in order, from a place on.</summary>
    public IEnumerable<T> From(Place place)
    {
        foreach (var leaf in _root.LeavesFrom(place))
        {
            for (var i = leaf.Items[0].Place.CompareTo(place) >= 0 ? 0 : leaf.IndexOf(place); i < leaf.Items.Length; i++)
                yield return leaf.Items[i];
        }
    }
}

/// <summary>Where an item stands: in ordinal order of the first text, then of the second.</summary>
internal readonly record struct Place(string First, string Second) : IComparable<Place>
{
    public static readonly Place Start = new("", "");

    public int CompareTo(Place other) => string.CompareOrdinal(First, other.First) is var order and not 0 ? order : string.CompareOrdinal(Second, other.Second);
}

/// <summary>What a <see cref="SortedTree{T}"/> can hold.</summary>
internal interface IPlaced
{
    Place Place { get; }
}
