using Daypass.Service.Directories.Memory;

namespace Daypass.Service.Tests.Directories;

/// <summary>The tree against the framework's own sorted dictionary, under random changes.</summary>
public sealed class SortedTreeTests
{
    public static TheoryData<int, int> Runs => new() { { 1, 8 }, { 2, 40 }, { 3, 400 }, { 4, 4_000 } };

    [Theory, MemberData(nameof(Runs))]
    public void Any_changes_leave_what_a_sorted_dictionary_would_hold(int seed, int names)
    {
        var (random, model, tree) = (new Random(seed), NewModel(), SortedTree<Item>.Empty);
        for (var i = 0; i < 6_000; i++)
        {
            // More is put than removed at first, then the reverse: the tree grows and shrinks.
            var name = Name(random.Next(names));
            tree = random.Next(100) < (i < 3_000 ? 80 : 20) ? Put(tree, model, name, i) : Remove(tree, model, name);
            if (i % 97 == 0)
                RequireEqual(model, tree, Name(random.Next(names)));
        }
        RequireEqual(model, tree, "");
    }

    [Fact]
    public void A_snapshot_does_not_change_whatever_is_made_of_it()
    {
        var (random, model, tree) = (new Random(5), NewModel(), SortedTree<Item>.Empty);
        var snapshots = new List<(SortedDictionary<string, int> Model, SortedTree<Item> Tree)>();
        for (var i = 0; i < 2_000; i++)
        {
            var name = Name(random.Next(500));
            tree = random.Next(3) > 0 ? Put(tree, model, name, i) : Remove(tree, model, name);
            if (i % 50 == 0)
                snapshots.Add((new SortedDictionary<string, int>(model, StringComparer.Ordinal), tree));
        }
        Assert.All(snapshots, snapshot => RequireEqual(snapshot.Model, snapshot.Tree, Name(250)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(28)]
    [InlineData(29)]
    [InlineData(785)]
    [InlineData(30_000)]
    public void A_tree_that_is_made_at_once_is_the_one_that_grows_item_by_item(int count)
    {
        var sorted = Enumerable.Range(0, count).Select(i => new Item(Name(i), i)).OrderBy(item => item.Name, StringComparer.Ordinal).ToArray();
        var atOnce = SortedTree<Item>.Of(sorted);
        var grown = sorted.Aggregate(SortedTree<Item>.Empty, (tree, item) => tree.With(item));
        Assert.Equal(sorted, atOnce.From(Place.Start));
        Assert.Equal(sorted, grown.From(Place.Start));
        Assert.Equal(count, atOnce.Count);
        // Every item can go again, in any order.
        var emptied = sorted.OrderBy(item => item.Value * 7919 % 10_007).Aggregate(atOnce, (tree, item) => tree.Without(item.Place));
        Assert.Equal(0, emptied.Count);
        Assert.Empty(emptied.From(Place.Start));
    }

    [Fact]
    public void A_place_where_nothing_is_can_be_left_without_a_copy()
    {
        var tree = SortedTree<Item>.Of([new Item("a", 1), new Item("b", 2)]);
        Assert.Same(tree, tree.Without(new Place("ab", "")));
    }

    private static SortedDictionary<string, int> NewModel() => new(StringComparer.Ordinal);

    private static SortedTree<Item> Put(SortedTree<Item> tree, SortedDictionary<string, int> model, string name, int value)
    {
        model[name] = value;
        return tree.With(new Item(name, value));
    }

    private static SortedTree<Item> Remove(SortedTree<Item> tree, SortedDictionary<string, int> model, string name)
    {
        model.Remove(name);
        return tree.Without(new Place(name, ""));
    }

    // Of different lengths, one beginning with another, and not in order of their numbers.
    private static string Name(int number) => $"{(char)('a' + (number % 7))}{number}";

    private static void RequireEqual(SortedDictionary<string, int> model, SortedTree<Item> tree, string from)
    {
        Item[] expected = [.. model.Select(pair => new Item(pair.Key, pair.Value))];
        Item[] behind = [.. expected.Where(item => string.CompareOrdinal(item.Name, from) >= 0)];
        Assert.Equal(expected, tree.From(Place.Start));
        Assert.Equal(behind, tree.From(new Place(from, "")));
        Assert.Equal(expected.Length, tree.Count);
        Assert.Equal(expected.Length - behind.Length, tree.CountBefore(new Place(from, "")));
        Assert.Equal(behind.Length > 0, tree.TryFindFirst(new Place(from, ""), out var first));
        Assert.Equal(behind.FirstOrDefault(), first);
        Assert.All(expected, item => Assert.True(tree.TryFind(item.Place, out var found) && found == item));
    }

    private readonly record struct Item(string Name, int Value) : IPlaced
    {
        public Place Place => new(Name, "");
    }
}
