namespace Daypass.Service.Directories.Memory;

/// <summary>The items themselves, in order.</summary>
internal sealed class TreeLeaf<T>(T[] items) : TreeNode<T>
    where T : struct, IPlaced
{
    public T[] Items { get; } = items;

    public override int Size => Items.Length;

    public override int Count => Items.Length;

    public override T First => Items[0];

    public override Place Low => Items[0].Place;

    public bool TryFind(Place place, out T item)
    {
        var at = IndexOf(place);
        var isThere = at < Items.Length && Items[at].Place.CompareTo(place) == 0;
        item = isThere ? Items[at] : default;
        return isThere;
    }

    /// <summary>The index of the first item that is not before a place.</summary>
    public int IndexOf(Place place)
    {
        var (low, high) = (0, Items.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Items[middle].Place.CompareTo(place) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    public override (TreeNode<T> Node, TreeNode<T>? Right) With(T item)
    {
        var at = IndexOf(item.Place);
        if (at < Items.Length && Items[at].Place.CompareTo(item.Place) == 0)
            return (new TreeLeaf<T>(Replaced(Items, at, item)), null);
        var grown = Inserted(Items, at, item);
        if (grown.Length <= MaxSize)
            return (new TreeLeaf<T>(grown), null);
        var cut = CutOf(grown.Length, at);
        return (new TreeLeaf<T>(grown[..cut]), new TreeLeaf<T>(grown[cut..]));
    }

    public override TreeNode<T>? Without(Place place)
    {
        var at = IndexOf(place);
        if (at == Items.Length || Items[at].Place.CompareTo(place) != 0)
            return this;
        return Items.Length == 1 ? null : new TreeLeaf<T>(Removed(Items, at));
    }

    public override TreeNode<T> Join(TreeNode<T> right) => new TreeLeaf<T>([.. Items, .. ((TreeLeaf<T>)right).Items]);

    public override int CountBefore(Place place) => IndexOf(place);

    public override IEnumerable<TreeLeaf<T>> LeavesFrom(Place place) => IndexOf(place) < Items.Length ? [this] : [];
}
