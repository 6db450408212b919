using System.Collections.Immutable;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// One document set in memory, as of one feed position: immutable, so a request sees one moment from start to end. A change makes
/// a new snapshot that shares all that did not change.
/// </summary>
internal sealed class Documents
{
    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<string, Entry>> _kinds;
    private readonly ImmutableDictionary<string, DocumentKey> _byUniqueId;

    private Documents(
        SetId set, FeedPosition position, ImmutableDictionary<string, ImmutableSortedDictionary<string, Entry>> kinds, ImmutableDictionary<string, DocumentKey> byUniqueId, long bytes)
    {
        Bytes = bytes;
        Set = set;
        Position = position;
        _kinds = kinds;
        _byUniqueId = byUniqueId;
    }

    private readonly record struct Entry(long Revision, object? Value, int Bytes);

    public SetId Set { get; }

    public FeedPosition Position { get; }

    /// <summary>How much memory the set takes, estimated from what was stored.</summary>
    public long Bytes { get; }

    public static Documents Empty(SetId set, FeedPosition position) => new(
        set, position, ImmutableDictionary.Create<string, ImmutableSortedDictionary<string, Entry>>(StringComparer.Ordinal), ImmutableDictionary.Create<string, DocumentKey>(StringComparer.Ordinal), 0);

    public static Documents From(DocumentSet set) => Empty(set.Id, set.Position).With(set.Documents, [], set.Position);

    /// <summary>The document of this kind and name, or null.</summary>
    public T? Find<T>(DocumentKind<T> kind, string name)
        where T : class =>
        _kinds.TryGetValue(kind.Name, out var shelf) && shelf.TryGetValue(name, out var entry) ? (T?)entry.Value : null;

    /// <summary>The document that has this unique id, if it is of this kind. What took its name since then is another.</summary>
    public T? FindById<T>(DocumentKind<T> kind, string uniqueId)
        where T : class =>
        _byUniqueId.TryGetValue(uniqueId, out var key) && key.Kind == kind.Name && Find(kind, key.Name) is { } found && DocumentKinds.UniqueIdOf(found) == uniqueId
            ? found
            : null;

    /// <summary>All documents of a kind in ordinal order of their names.</summary>
    public IEnumerable<T> All<T>(DocumentKind<T> kind)
        where T : class =>
        _kinds.TryGetValue(kind.Name, out var shelf) ? shelf.Values.Select(entry => (T)entry.Value!) : [];

    public int Count<T>(DocumentKind<T> kind)
        where T : class =>
        _kinds.TryGetValue(kind.Name, out var shelf) ? shelf.Count : 0;

    /// <summary>The revision of a document or guard; 0 when there is none.</summary>
    public long RevisionOf(DocumentKey key) =>
        _kinds.TryGetValue(key.Kind, out var shelf) && shelf.TryGetValue(key.Name, out var entry) ? entry.Revision : 0;

    /// <summary>This snapshot with a later change applied.</summary>
    public Documents Apply(Change change) => With(change.Puts, change.Deletes, change.Position);

    private Documents With(IReadOnlyList<Document> puts, IReadOnlyList<DocumentKey> deletes, FeedPosition position)
    {
        var shelves = new Dictionary<string, ImmutableSortedDictionary<string, Entry>.Builder>(StringComparer.Ordinal);
        var ids = _byUniqueId.ToBuilder();
        var bytes = Bytes;
        foreach (var key in deletes)
        {
            if (!Shelf(key.Kind).Remove(key.Name, out var removed))
                continue;
            bytes -= removed.Bytes;
            if (DocumentKinds.UniqueIdOf(removed.Value) is { } id && ids.TryGetValue(id, out var owner) && owner == key)
                ids.Remove(id);
        }
        foreach (var document in puts)
        {
            var value = DocumentKinds.Read(document);
            var shelf = Shelf(document.Key.Kind);
            bytes += BytesOf(document) - (shelf.TryGetValue(document.Key.Name, out var replaced) ? replaced.Bytes : 0);
            shelf[document.Key.Name] = new Entry(document.Revision, value, BytesOf(document));
            if (DocumentKinds.UniqueIdOf(value) is { } id)
                ids[id] = document.Key;
        }
        var kinds = _kinds.SetItems(shelves.Select(shelf => KeyValuePair.Create(shelf.Key, shelf.Value.ToImmutable())));
        return new Documents(Set, position, kinds, ids.ToImmutable(), bytes);

        ImmutableSortedDictionary<string, Entry>.Builder Shelf(string kind)
        {
            if (!shelves.TryGetValue(kind, out var shelf))
                shelves[kind] = shelf = (_kinds.GetValueOrDefault(kind) ?? ImmutableSortedDictionary.Create<string, Entry>(StringComparer.Ordinal)).ToBuilder();
            return shelf;
        }
    }

    // Text takes two bytes a character in memory; the rest is objects and the places that hold them.
    private static int BytesOf(Document document) => 250 + (2 * (document.Key.Name.Length + document.Body.Length));
}
