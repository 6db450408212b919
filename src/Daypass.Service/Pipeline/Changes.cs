using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Stores;

namespace Daypass.Service.Pipeline;

/// <summary>
/// What an action wants to be written to one document set, with what it rests on: every document it puts or deletes must still have
/// the revision that the action saw, and so must everything it relies on.
/// </summary>
internal sealed class Changes(Documents seen)
{
    private static readonly byte[] NoBody = "{}"u8.ToArray();
    private readonly Dictionary<DocumentKey, long> _reads = [];
    private readonly List<Put> _puts = [];
    private readonly List<DocumentKey> _deletes = [];
    private readonly List<Claim> _claims = [];
    private readonly List<AuditEvent> _events = [];

    public SetId Set => seen.Set;

    /// <summary>The store's epoch that the action saw; null for a set that was never written.</summary>
    public string? Epoch => seen.Position.Epoch;

    public IReadOnlyList<Put> Puts => _puts;

    public IReadOnlyList<DocumentKey> Deletes => _deletes;

    public IReadOnlyList<Claim> Claims => _claims;

    /// <summary>Events that the trail gets beside that of the call itself.</summary>
    public IReadOnlyList<AuditEvent> Events => _events;

    /// <summary>What the caller is told when one of <see cref="Claims"/> was used before; null without any.</summary>
    public ApiException? WhenClaimed { get; private set; }

    public IReadOnlyList<Expectation> Reads => [.. _reads.Select(read => new Expectation(read.Key, read.Value))];

    /// <summary>Writes a document, new or changed.</summary>
    public Changes Put<T>(DocumentKind<T> kind, T value)
        where T : class
    {
        var key = kind.KeyOf(value);
        Expect(key);
        _puts.Add(new Put(key, kind.Write(value)));
        return this;
    }

    public Changes Delete<T>(DocumentKind<T> kind, T value)
        where T : class
    {
        var key = kind.KeyOf(value);
        Expect(key);
        _deletes.Add(key);
        return this;
    }

    /// <summary>The action read this document (or saw that it is not there) and must be asked again if it changes.</summary>
    public Changes RelyOn<T>(DocumentKind<T> kind, string name)
        where T : class
    {
        Expect(kind.Key(name));
        return this;
    }

    /// <summary>Relies on a guard and writes it: of two concurrent commits that do so, one is asked again.</summary>
    public Changes Guard(string name)
    {
        var key = DocumentKey.Guard(name);
        Expect(key);
        _puts.Add(new Put(key, NoBody));
        return this;
    }

    /// <summary>Ends a guard together with what it guarded; whoever wrote it meanwhile makes this commit conflict.</summary>
    public Changes DropGuard(string name)
    {
        var key = DocumentKey.Guard(name);
        Expect(key);
        if (seen.RevisionOf(key) != 0)
            _deletes.Add(key);
        return this;
    }

    /// <summary>Uses up a value, whichever node it is shown to; <paramref name="whenTaken"/> answers the call if it was used before.</summary>
    public Changes Claim(string value, DateTimeOffset expiresAt, ApiException whenTaken)
    {
        _claims.Add(new Claim(value, expiresAt));
        WhenClaimed = whenTaken;
        return this;
    }

    /// <summary>Records events in the same transaction.</summary>
    public Changes Record(IEnumerable<AuditEvent> events)
    {
        _events.AddRange(events);
        return this;
    }

    private void Expect(DocumentKey key) => _reads[key] = seen.RevisionOf(key);
}

/// <summary>What an action comes to: its response, and its changes if it makes any.</summary>
internal sealed record Outcome<TResponse>(TResponse Response, Changes? Changes = null);
