using Daypass.Service.Directories.Memory;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// One document set in memory, as of one feed position: immutable, so a request sees one moment from start to end. A change makes
/// a new snapshot that shares all that did not change.
/// </summary>
internal sealed class Documents
{
    private const int TextsRemembered = 4096;
    private const int OverheadBytes = 150;
    private static readonly object NoVersion = new();
    private readonly Shelf[] _shelves;

    /// <summary>What the changes of this set share; a set that nobody writes to needs none.</summary>
    private readonly SharedText? _shared;

    private Documents(SetId set, FeedPosition position, Shelf[] shelves, long bytes, SharedText? shared) =>
        (Set, Position, _shelves, Bytes, _shared) = (set, position, shelves, bytes, shared);

    public SetId Set { get; }

    public FeedPosition Position { get; }

    /// <summary>How much memory the set takes, estimated from what was stored.</summary>
    public long Bytes { get; }

    public static Documents Empty(SetId set, FeedPosition position) => new(set, position, [], 0, null);

    public static Documents From(DocumentSet set)
    {
        var shared = new SharedText(SharedText.Unlimited);
        var kinds = set.Documents.GroupBy(document => document.Key.Kind, document => EntryOf(document, shared), StringComparer.Ordinal);
        Shelf[] shelves = [.. kinds.Select(kind => Shelf.Of(kind.Key, kind))];
        return new Documents(set.Id, set.Position, shelves, shelves.Sum(shelf => shelf.After(null).Sum(entry => (long)entry.Bytes)), null);
    }

    /// <summary>The document of this kind and name, or null.</summary>
    public T? Find<T>(DocumentKind<T> kind, string name)
        where T : class =>
        (T?)FindEntry(kind, name)?.Value;

    /// <summary>The document of this kind and name with its revision, or null.</summary>
    public Entry? FindEntry<T>(DocumentKind<T> kind, string name)
        where T : class =>
        ShelfOf(kind.Name)?.Find(name);

    /// <summary>The first document, in order of names, that an index has under a value; null when there is none.</summary>
    public T? FindBy<T>(DocumentIndex<T> index, string value)
        where T : class =>
        (T?)ShelfOf(index.Kind)?.FirstUnder(index.Slot, value)?.Value;

    /// <summary>The documents that an index has under a value, in ordinal order of their names; those after a name, if one is given.</summary>
    public IEnumerable<T> AllBy<T>(DocumentIndex<T> index, string value, string? afterName = null)
        where T : class =>
        ShelfOf(index.Kind) is { } shelf ? shelf.Under(index.Slot, value, afterName).Select(entry => (T)entry.Value!) : [];

    /// <summary>How many documents an index has under a value. Counts nothing: what it costs does not hang on the answer.</summary>
    public int CountBy<T>(DocumentIndex<T> index, string value)
        where T : class =>
        ShelfOf(index.Kind)?.CountUnder(index.Slot, value) ?? 0;

    /// <summary>All documents of a kind in ordinal order of their names; those after a name, if one is given.</summary>
    public IEnumerable<T> All<T>(DocumentKind<T> kind, string? afterName = null)
        where T : class =>
        ShelfOf(kind.Name) is { } shelf ? shelf.After(afterName).Select(entry => (T)entry.Value!) : [];

    public int Count<T>(DocumentKind<T> kind)
        where T : class =>
        ShelfOf(kind.Name)?.Count ?? 0;

    /// <summary>Stands for all documents of a kind as they are: the same object as long as none of them has changed.</summary>
    public object VersionOf<T>(DocumentKind<T> kind)
        where T : class =>
        ShelfOf(kind.Name)?.Version ?? NoVersion;

    /// <summary>The revision of a document or guard; 0 when there is none.</summary>
    public long RevisionOf(DocumentKey key) => ShelfOf(key.Kind)?.Find(key.Name)?.Revision ?? 0;

    /// <summary>This snapshot with a later change applied.</summary>
    public Documents Apply(Change change)
    {
        var shared = _shared ?? new SharedText(TextsRemembered);
        var shelves = _shelves.ToList();
        var bytes = Bytes;
        foreach (var key in change.Deletes)
            bytes -= Delete(shelves, key);
        foreach (var document in change.Puts)
            bytes += Put(shelves, document.Key.Kind, EntryOf(document, shared));
        return new Documents(Set, change.Position, [.. shelves], bytes, shared);
    }

    private static int Delete(List<Shelf> shelves, DocumentKey key)
    {
        var at = shelves.FindIndex(shelf => shelf.Kind == key.Kind);
        if (at < 0 || shelves[at].Find(key.Name) is not { } entry)
            return 0;
        shelves[at] = shelves[at].Without(entry);
        return entry.Bytes;
    }

    private static int Put(List<Shelf> shelves, string kind, Entry entry)
    {
        var at = shelves.FindIndex(shelf => shelf.Kind == kind);
        if (at < 0)
        {
            shelves.Add(Shelf.Empty(kind));
            at = shelves.Count - 1;
        }
        var replaced = shelves[at].Find(entry.Name);
        shelves[at] = shelves[at].With(entry, replaced);
        return entry.Bytes - (replaced?.Bytes ?? 0);
    }

    private static Entry EntryOf(Document document, SharedText shared)
    {
        var (name, saved) = (document.Key.Name, shared.Saved);
        var value = Compact.Of(DocumentKinds.Read(document), name, shared);
        return new Entry(name, document.Revision, value, BytesOf(document, shared.Saved - saved));
    }

    // Text takes two bytes a character in memory, but for what others hold already; the rest is objects, their places, and what is computed
    // of them when they are used. ./bench scale shows the estimate beside the truth.
    private static int BytesOf(Document document, long saved) =>
        (int)Math.Max(OverheadBytes, OverheadBytes + (sizeof(char) * (document.Key.Name.Length + document.Body.Length)) - saved);

    // A set has few kinds.
    private Shelf? ShelfOf(string kind)
    {
        foreach (var shelf in _shelves)
        {
            if (shelf.Kind == kind)
                return shelf;
        }
        return null;
    }
}
