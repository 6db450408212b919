namespace Daypass.AspNetCore.Leases;

/// <summary>What became of a proof.</summary>
internal enum AnswerKind
{
    /// <summary>A new lease.</summary>
    Granted,

    /// <summary>The known one is still true.</summary>
    Unchanged,

    /// <summary>The caller is not who it says.</summary>
    Refused,

    /// <summary>No node could be reached: the only case in which a lease may be used past its fresh time.</summary>
    Unreachable,

    /// <summary>A node answered, and not with what was asked for. Nothing may rest on it.</summary>
    Failed,

    /// <summary>Too many others are waiting.</summary>
    Busy,
}

/// <summary>The answer to one proof.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="SentAt">The monotonic time at which the call was sent.</param>
/// <param name="Terms">The new lease.</param>
/// <param name="Refusal">What the caller is told.</param>
internal sealed record LeaseAnswer(AnswerKind Kind, long SentAt = 0, LeaseTerms? Terms = null, DaypassRefusal? Refusal = null)
{
    public static LeaseAnswer Unreachable { get; } = new(AnswerKind.Unreachable, Refusal: Refusals.Unavailable);

    public static LeaseAnswer Failed { get; } = new(AnswerKind.Failed, Refusal: Refusals.Unavailable);

    public static LeaseAnswer Busy { get; } = new(AnswerKind.Busy, Refusal: Refusals.SlowDown);

    /// <summary>Whether the refusal is about the key and token themselves, whoever shows them; else it is about one request.</summary>
    public bool RefusesTheKey => Kind == AnswerKind.Refused && Refusal!.Code is "InvalidClientTokenId" or "ExpiredToken";
}
