namespace Daypass.Service.Directories.Memory;

/// <summary>Makes a tree of sorted items at once, level by level, in nodes that are full but for a little room.</summary>
internal static class TreeBuilder<T>
    where T : struct, IPlaced
{
    private const int Fill = TreeNode<T>.MaxSize - 4;

    public static TreeNode<T> Build(ReadOnlySpan<T> sorted)
    {
        var level = new List<TreeNode<T>>();
        foreach (var range in Parts(sorted.Length))
            level.Add(new TreeLeaf<T>(sorted[range].ToArray()));
        while (level.Count > 1)
            level = [.. Parts(level.Count).Select(range => new TreeBranch<T>([.. level[range]]))];
        return level[0];
    }

    private static IEnumerable<Range> Parts(int count)
    {
        for (var start = 0; start < count; start += Fill)
            yield return start..Math.Min(start + Fill, count);
    }
}
