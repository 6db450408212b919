using Daypass.Service.Stores;

namespace Daypass.Service.Audit.Tracing;

/// <summary>
/// Every credential that led to an event, the event's own first. It is put together from the trails of all accounts that took part, so an answer
/// may show no more of it than its reader's own trail justifies.
/// </summary>
internal sealed record EventChain
{
    /// <summary>The event as the reader's own trail has it.</summary>
    public required TrailRecord Traced { get; init; }

    public required IReadOnlyList<ChainHop> Hops { get; init; }

    /// <summary>Whether the last hop is a credential that no other was needed for. Otherwise the call that issued it is not in the trail any more.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Nodes whose newest events may be missing.</summary>
    public IReadOnlyList<NodeReport> MissingNodes { get; init; } = [];
}

/// <summary>Who held a credential, and the call that issued it.</summary>
/// <param name="Held">A record of a call that was made with it, which names its holder.</param>
/// <param name="IssuedTo">The record of the issuing call in the trail of whoever called; null for a long-term credential, or where it is missing.</param>
/// <param name="IssuedBy">The same call in the trail of the account that the credential is of; the same record where that is one account.</param>
internal sealed record ChainHop(TrailRecord Held, TrailRecord? IssuedTo, TrailRecord? IssuedBy);
