namespace Daypass.Service.Directories.Memory;

/// <summary>A node of a <see cref="SortedTree{T}"/>: never changed once it is made.</summary>
internal abstract class TreeNode<T>
    where T : struct, IPlaced
{
    /// <summary>Items of a leaf, children of a branch: copying one stays within a few cache lines, and a hundred thousand items are four deep.</summary>
    public const int MaxSize = 32;

    /// <summary>Two neighbours that need no more than this together become one; less than full, so that the next item does not part them again.</summary>
    public const int JoinSize = 24;

    /// <summary>Items or children in this node.</summary>
    public abstract int Size { get; }

    /// <summary>Items in and below this node.</summary>
    public abstract int Count { get; }

    public abstract T First { get; }

    /// <summary>The place of the first item: where its neighbour on the left must end.</summary>
    public abstract Place Low { get; }

    /// <summary>With an item; a second node when it does not fit into one.</summary>
    public abstract (TreeNode<T> Node, TreeNode<T>? Right) With(T item);

    /// <summary>Without a place; null when nothing is left, itself when nothing was there.</summary>
    public abstract TreeNode<T>? Without(Place place);

    public abstract TreeNode<T> Join(TreeNode<T> right);

    public abstract int CountBefore(Place place);

    /// <summary>The leaves that hold places from this one on; none of them is empty.</summary>
    public abstract IEnumerable<TreeLeaf<T>> LeavesFrom(Place place);

    /// <summary>Where a node that got too large is cut: what grows at its end, as names that are counted up do, leaves full nodes behind.</summary>
    protected static int CutOf(int size, int grownAt) => grownAt == size - 1 ? size - 1 : size / 2;

    protected static TItem[] Inserted<TItem>(TItem[] items, int at, TItem item)
    {
        var grown = new TItem[items.Length + 1];
        items.AsSpan(0, at).CopyTo(grown);
        grown[at] = item;
        items.AsSpan(at).CopyTo(grown.AsSpan(at + 1));
        return grown;
    }

    protected static TItem[] Replaced<TItem>(TItem[] items, int at, TItem item)
    {
        var copy = items.AsSpan().ToArray();
        copy[at] = item;
        return copy;
    }

    protected static TItem[] Removed<TItem>(TItem[] items, int at) => [.. items.AsSpan(0, at), .. items.AsSpan(at + 1)];
}
