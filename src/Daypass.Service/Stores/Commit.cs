using Daypass.Service.Audit;

namespace Daypass.Service.Stores;

/// <summary>One write to one set: all of it happens, or nothing.</summary>
internal sealed record Commit
{
    /// <summary>Unique per attempt of a write; stored with it, so an outcome lost on the way can be asked for.</summary>
    public required string Id { get; init; }

    public required SetId Set { get; init; }

    /// <summary>
    /// The epoch that the revisions were read in, or null where nothing was: a restored store counts on from an earlier revision, so the
    /// same number may be of another document.
    /// </summary>
    public string? Epoch { get; init; }

    /// <summary>What the write rests on: the revision each document had, 0 for "does not exist".</summary>
    public IReadOnlyList<Expectation> Reads { get; init; } = [];

    public IReadOnlyList<Put> Puts { get; init; } = [];

    public IReadOnlyList<DocumentKey> Deletes { get; init; } = [];

    /// <summary>Values that may be used once until they expire: unique in the set, whichever node claims them.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];
}

internal readonly record struct Expectation(DocumentKey Key, long Revision);

internal readonly record struct Put(DocumentKey Key, ReadOnlyMemory<byte> Body);

/// <summary>A value that may be used once until it expires, such as an MFA code or the id of a SAML assertion.</summary>
internal readonly record struct Claim(string Value, DateTimeOffset ExpiresAt);

internal enum CommitOutcome
{
    Committed,

    /// <summary>A document that the commit rests on has another revision by now.</summary>
    Conflict,

    /// <summary>A claimed value was used before and has not expired.</summary>
    ClaimTaken,
}

internal readonly record struct CommitResult(CommitOutcome Outcome, FeedPosition Position);
