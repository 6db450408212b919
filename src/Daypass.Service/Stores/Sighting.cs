using Daypass.Names;

namespace Daypass.Service.Stores;

/// <summary>
/// When a certificate of a subject came for a session, and when it was last let in: one row of a side table, without revision, feed and history, as
/// last-used marks are. Times are in milliseconds.
/// </summary>
/// <param name="Subject">The subject's id, a UUID.</param>
/// <param name="Certificate">What tells the certificate from all others of the subject.</param>
/// <param name="LetIn">Null for one that never got a session.</param>
/// <param name="Body">What it was like when it was seen last, in the words of whoever noted it.</param>
internal sealed record Sighting(AccountId Account, string Subject, string Certificate, DateTimeOffset First, DateTimeOffset Seen, DateTimeOffset? LetIn, ReadOnlyMemory<byte> Body)
{
    /// <summary>The most certificates of one subject that stores keep: those that got in before those that never did, then the latest.</summary>
    public const int MostOfSubject = 8;

    /// <summary>The most certificates of one account that stores keep, in the same order.</summary>
    public const int MostOfAccount = 10_000;

    /// <summary>Both together, whichever came first to a store: each time by its own extreme, and the newer body.</summary>
    public Sighting With(Sighting other) => (other.Seen > Seen ? other : this) with
    {
        First = other.First < First ? other.First : First,
        LetIn = LetIn is null || other.LetIn > LetIn ? other.LetIn ?? LetIn : LetIn,
    };
}

/// <summary>Which sightings of an account are asked for: those of one subject, or of the next subjects in the order of their ids.</summary>
internal sealed record SightingQuery(AccountId Account)
{
    /// <summary>The one subject; null for a page.</summary>
    public string? Subject { get; init; }

    /// <summary>The subject that the page before ended with; empty for the first page.</summary>
    public string After { get; init; } = "";

    /// <summary>The most subjects of a page.</summary>
    public int Most { get; init; } = 1;
}
