namespace Daypass.Service.Directories.Memory;

/// <summary>Nodes in order, and where each of them begins.</summary>
internal sealed class TreeBranch<T> : TreeNode<T>
    where T : struct, IPlaced
{
    // Places, never items: a branch must not keep alive what was replaced or deleted below it.
    private readonly Place[] _lows;

    public TreeBranch(TreeNode<T>[] children)
    {
        Children = children;
        _lows = Array.ConvertAll(children, child => child.Low);
        Count = children.Sum(child => child.Count);
    }

    public TreeNode<T>[] Children { get; }

    public override int Size => Children.Length;

    public override int Count { get; }

    public override T First => Children[0].First;

    public override Place Low => _lows[0];

    public TreeNode<T> ChildFor(Place place) => Children[IndexFor(place)];

    /// <summary>The child for a place, and the node behind it: another child, or the one behind this branch.</summary>
    public (TreeNode<T> Child, TreeNode<T>? Next) ChildrenFor(Place place, TreeNode<T>? next)
    {
        var at = IndexFor(place);
        return (Children[at], at + 1 < Size ? Children[at + 1] : next);
    }

    public override (TreeNode<T> Node, TreeNode<T>? Right) With(T item)
    {
        var at = IndexFor(item.Place);
        var (child, right) = Children[at].With(item);
        var children = Replaced(Children, at, child);
        if (right is null)
            return (new TreeBranch<T>(children), null);
        children = Inserted(children, at + 1, right);
        if (children.Length <= MaxSize)
            return (new TreeBranch<T>(children), null);
        var cut = CutOf(children.Length, at + 1);
        return (new TreeBranch<T>(children[..cut]), new TreeBranch<T>(children[cut..]));
    }

    public override TreeNode<T>? Without(Place place)
    {
        var at = IndexFor(place);
        var child = Children[at].Without(place);
        if (ReferenceEquals(child, Children[at]))
            return this;
        if (child is not null)
            return new TreeBranch<T>(Joined(Replaced(Children, at, child), at));
        return Size == 1 ? null : new TreeBranch<T>(Removed(Children, at));
    }

    public override TreeNode<T> Join(TreeNode<T> right) => new TreeBranch<T>([.. Children, .. ((TreeBranch<T>)right).Children]);

    public override int CountBefore(Place place)
    {
        var at = IndexFor(place);
        var before = Children[at].CountBefore(place);
        for (var i = 0; i < at; i++)
            before += Children[i].Count;
        return before;
    }

    public override IEnumerable<TreeLeaf<T>> LeavesFrom(Place place)
    {
        for (var i = IndexFor(place); i < Children.Length; i++)
        {
            foreach (var leaf in Children[i].LeavesFrom(place))
                yield return leaf;
        }
    }

    /// <summary>The last child that does not begin behind a place; the first one for what is before all.</summary>
    private int IndexFor(Place place)
    {
        var (low, high) = (1, _lows.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_lows[middle].CompareTo(place) <= 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    // A child that lost an item becomes one with a neighbour when both are small: sets that shrink do not stay wide.
    private static TreeNode<T>[] Joined(TreeNode<T>[] children, int at)
    {
        foreach (var left in (ReadOnlySpan<int>)[at - 1, at])
        {
            if (left >= 0 && left + 1 < children.Length && children[left].Size + children[left + 1].Size <= JoinSize)
                return Replaced(Removed(children, left + 1), left, children[left].Join(children[left + 1]));
        }
        return children;
    }
}
