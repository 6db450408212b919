using Daypass.Names;
using Daypass.Service.Audit;

namespace Daypass.Service.Stores;

/// <summary>
/// All that a storage engine must do (design, section 6). Owns: document sets, the change feed, claims, audit events, last-used marks.
/// Does not own: what the documents mean. Called by: the directory cache, the pipeline's commits, the audit shipper, LookupEvents.
/// Every method throws <see cref="StoreUnavailableException"/> when the engine cannot do its work now.
/// Every engine passes the contract suite in tests/Daypass.Storage.Tests.
/// </summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>Whether no other process can write to this store: what this node has applied of its own commits is then always current.</summary>
    bool IsExclusive => false;

    /// <summary>The trail in its order, and what seals it.</summary>
    IDigestStore Digests => throw new NotSupportedException("This store seals no trail.");

    /// <summary>
    /// A hint that somebody may have written: raised soon after a commit of any node, where the engine can tell. It may come late, twice,
    /// or never; whoever needs to know looks at the feed. Handlers note it and return.
    /// </summary>
    event Action? News
    {
        add { }
        remove { }
    }

    /// <summary>All documents of a set as of one moment; null when the set was never written.</summary>
    ValueTask<DocumentSet?> LoadAsync(SetId set, CancellationToken cancellationToken);

    /// <summary>
    /// One transaction on one set: checks the revisions read, writes puts, deletes, claims and audit events, and adds a change to the
    /// feed. Durable when it returns <see cref="CommitOutcome.Committed"/>; on any other outcome nothing at all has happened.
    /// A commit whose id is already stored answers with the stored position and writes nothing.
    /// Throws <see cref="EpochChangedException"/> when what it read is of another epoch, <see cref="ArgumentException"/> when an id or name
    /// is not text that every engine can keep (<see cref="StoredText"/>).
    /// </summary>
    ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken);

    /// <summary>Whether the commit with this id happened, and where in the feed. For outcomes lost with a connection.</summary>
    ValueTask<FeedPosition?> FindCommitAsync(string commitId, CancellationToken cancellationToken);

    /// <summary>The newest position of the feed, with the store's epoch.</summary>
    ValueTask<FeedPosition> HeadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The changes after a position in the order of their sequence, without holes, up to the feed's end at the time of the call.
    /// Throws <see cref="EpochChangedException"/> when the position is of another epoch (the store was restored), beyond the feed's end, or
    /// names another commit than the store has there (a failover lost commits).
    /// </summary>
    IAsyncEnumerable<Change> ChangesAfterAsync(FeedPosition position, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a batch of a node's journal exactly once: behind the watermark <paramref name="after"/>, which the node believes the store to
    /// have of it. Has the store another one (an answer was lost, the store or the journal was restored, another node has a copy of the
    /// journal), nothing is written.
    /// </summary>
    ValueTask<Appended> AppendAuditAsync(string node, long after, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken);

    /// <summary>The newest journal sequence that the store holds of a node; 0 for a node it has never heard of.</summary>
    ValueTask<long> AuditWatermarkAsync(string node, CancellationToken cancellationToken);

    /// <summary>
    /// One page of an account's events, newest first, by <see cref="AuditQuery"/>. A page may hold fewer than were asked for, or none,
    /// and still have a next: a search for something rare ends after a bounded number of events.
    /// Throws <see cref="InvalidCursorException"/> when <see cref="AuditQuery.After"/> is not what a page ended with.
    /// </summary>
    ValueTask<AuditPage> FindAuditAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>The accounts that have events before a time which a digest seals.</summary>
    ValueTask<IReadOnlyList<AccountId>> AccountsWithAuditBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Removes at most so many of an account's oldest events before a time, in one transaction, of those that a digest seals. Returns how many; 0 when
    /// there are none left, or another node is at it.
    /// </summary>
    ValueTask<int> PurgeAuditAsync(AccountId account, DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>Merges last-used marks by maximum time: a side table, no revision, no feed.</summary>
    ValueTask MarkUsedAsync(IReadOnlyList<LastUsed> marks, CancellationToken cancellationToken);

    /// <summary>The last-used mark of an id (access key or role), or null.</summary>
    ValueTask<LastUsed?> FindLastUsedAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Merges sightings of certificates into a side table (<see cref="Sighting.With"/>), and forgets those of their subjects and accounts that are
    /// too many. No certificate of a subject twice in one call.
    /// </summary>
    ValueTask NoteSightingsAsync(IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken);

    /// <summary>All sightings of the subjects asked for, in the order of subject and certificate.</summary>
    ValueTask<IReadOnlyList<Sighting>> FindSightingsAsync(SightingQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a node into the registry, or its newest report in place of the one before; what a report leaves open of shipping stays as it was.
    /// Returns the store's time of the report, in milliseconds. It may be lost in a crash of the store: the next one comes soon.
    /// </summary>
    ValueTask<DateTimeOffset> ReportNodeAsync(NodeReport report, CancellationToken cancellationToken);

    /// <summary>The registry and the store's time, in milliseconds.</summary>
    ValueTask<NodeList> NodesAsync(CancellationToken cancellationToken);

    /// <summary>Takes a node out of the registry; nothing happens if it is not there.</summary>
    ValueTask RemoveNodeAsync(string node, CancellationToken cancellationToken);
}

/// <summary>
/// The watermark that the store has now, and whether this batch is what brought it there. The same number alone would not say so: a copy of
/// the journal on another node counts on from the same place.
/// </summary>
internal readonly record struct Appended(long Watermark, bool IsWritten);

/// <summary>The store was restored from a backup, or lost commits, since this position was read: everything held of it must be dropped.</summary>
internal sealed class EpochChangedException(string message) : Exception(message);
