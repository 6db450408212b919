using Daypass.Names;

namespace Daypass.Service.Stores;

/// <summary>Names a document set: an account's twelve digits, or <see cref="Installation"/>.</summary>
internal readonly record struct SetId(string Value)
{
    /// <summary>What belongs to no account: the list of accounts, foreign key ids, registered services, the key ring, the clock.</summary>
    public static readonly SetId Installation = new("installation");

    /// <summary>
    /// Holds no document and is in no node's memory: commits to it are those that only claim and record. What services report goes by it, so
    /// that no account's version moves with every batch.
    /// </summary>
    public static readonly SetId Reports = new("reports");

    public static SetId Of(AccountId account) => new(account.ToString());

    public override string ToString() => Value;
}

/// <summary>Names a document inside its set. Both parts compare ordinally.</summary>
internal readonly record struct DocumentKey(string Kind, string Name)
{
    /// <summary>
    /// A guard is a document without a body: writing it makes every concurrent commit that read it conflict. It protects what is not
    /// in any one document, such as "this group has no members" or "there are fewer than 5000 users".
    /// </summary>
    public static DocumentKey Guard(string name) => new("guard", name);
}

/// <summary>A stored document. The revision is the feed sequence of the commit that wrote it.</summary>
internal sealed record Document(DocumentKey Key, long Revision, ReadOnlyMemory<byte> Body);

/// <summary>All documents of a set, and the feed position that they are true at.</summary>
internal sealed record DocumentSet(SetId Id, FeedPosition Position, IReadOnlyList<Document> Documents);

/// <summary>
/// A place in the change feed: sequences of one epoch are comparable, those of different epochs are not. <paramref name="Commit"/> is the
/// id of the commit that took the sequence, or empty when it is not known: where the store has another one there, a failover has lost
/// commits, and the position is of a life that never was.
/// </summary>
internal readonly record struct FeedPosition(string Epoch, long Sequence, string Commit = "");

/// <summary>What one commit did to one set, as the feed tells it. The sequence is the revision of everything put.</summary>
internal sealed record Change(FeedPosition Position, SetId Set, IReadOnlyList<Document> Puts, IReadOnlyList<DocumentKey> Deletes);

/// <summary>When and where an access key or role was last used.</summary>
internal sealed record LastUsed(string Id, DateTimeOffset At, string Region, string Service);
