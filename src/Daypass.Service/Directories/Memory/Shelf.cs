namespace Daypass.Service.Directories.Memory;

/// <summary>All documents of one kind, by name and by what the indexes of the kind say. Never changed: a change makes another shelf.</summary>
internal sealed class Shelf
{
    private readonly SortedTree<Named> _names;
    private readonly SortedTree<Indexed>[] _indexes;

    private Shelf(string kind, SortedTree<Named> names, SortedTree<Indexed>[] indexes) => (Kind, _names, _indexes) = (kind, names, indexes);

    public string Kind { get; }

    /// <summary>Stands for this shelf: who only needs to know whether it has changed must not keep its documents alive.</summary>
    public object Version { get; } = new();

    public int Count => _names.Count;

    public static Shelf Empty(string kind) => new(kind, SortedTree<Named>.Empty, [.. DocumentIndexes.Of(kind).Select(_ => SortedTree<Indexed>.Empty)]);

    /// <summary>A shelf of documents.</summary>
    public static Shelf Of(string kind, IEnumerable<Entry> documents)
    {
        Named[] named = [.. documents.Select(entry => new Named(entry))];
        Sort(named);
        var entries = Array.ConvertAll(named, one => one.Entry);
        return new Shelf(kind, SortedTree<Named>.Of(named), [.. DocumentIndexes.Of(kind).Select(index => TreeOf(index, entries))]);
    }

    public Entry? Find(string name) => _names.TryFind(new Place(name, ""), out var found) ? found.Entry : null;

    /// <summary>Entries in order of their names, those that come after a name; all without one.</summary>
    public IEnumerable<Entry> After(string? name) =>
        // The name itself stands at (name, ""), and nothing is between that and what follows.
        _names.From(name is null ? Place.Start : new Place(name, "\0")).Select(named => named.Entry);

    /// <summary>Entries that an index has under a value, in order of their names, those that come after a name.</summary>
    public IEnumerable<Entry> Under(int index, string value, string? afterName)
    {
        foreach (var indexed in _indexes[index].From(new Place(value, afterName is null ? "" : afterName + '\0')))
        {
            if (indexed.Place.First != value)
                yield break;
            yield return indexed.Entry;
        }
    }

    public Entry? FirstUnder(int index, string value) =>
        _indexes[index].TryFindFirst(new Place(value, ""), out var found) && found.Place.First == value ? found.Entry : null;

    public int CountUnder(int index, string value) =>
        _indexes[index].CountBefore(new Place(value + '\0', "")) - _indexes[index].CountBefore(new Place(value, ""));

    /// <summary>With a document, in the place of <paramref name="replaced"/> if there is one of its name.</summary>
    public Shelf With(Entry entry, Entry? replaced)
    {
        var indexes = replaced is null ? [.. _indexes] : IndexesWithout(replaced);
        foreach (var index in DocumentIndexes.Of(Kind))
        {
            foreach (var value in index.ValuesOf(entry.Value))
                indexes[index.Slot] = indexes[index.Slot].With(new Indexed(value, entry));
        }
        return new Shelf(Kind, _names.With(new Named(entry)), indexes);
    }

    public Shelf Without(Entry entry) => new(Kind, _names.Without(new Place(entry.Name, "")), IndexesWithout(entry));

    private SortedTree<Indexed>[] IndexesWithout(Entry entry)
    {
        SortedTree<Indexed>[] indexes = [.. _indexes];
        foreach (var index in DocumentIndexes.Of(Kind))
        {
            foreach (var value in index.ValuesOf(entry.Value))
                indexes[index.Slot] = indexes[index.Slot].Without(new Place(value, entry.Name));
        }
        return indexes;
    }

    private static SortedTree<Indexed> TreeOf(DocumentIndex index, Entry[] entries)
    {
        var items = new List<Indexed>(entries.Length);
        foreach (var entry in entries)
        {
            foreach (var value in index.ValuesOf(entry.Value).Distinct(StringComparer.Ordinal))
                items.Add(new Indexed(value, entry));
        }
        Indexed[] all = [.. items];
        Sort(all);
        return SortedTree<Indexed>.Of(all);
    }

    // Mostly they are in order: a store gives documents by their names, and those of one value come so too.
    private static void Sort<T>(T[] items)
        where T : struct, IPlaced
    {
        for (var i = 1; i < items.Length; i++)
        {
            if (items[i - 1].Place.CompareTo(items[i].Place) > 0)
            {
                Array.Sort(items, (one, other) => one.Place.CompareTo(other.Place));
                return;
            }
        }
    }
}
