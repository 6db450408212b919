namespace Daypass.Service.Federation;

/// <summary>Why a document of an identity provider could not be had.</summary>
internal enum FetchFault
{
    /// <summary>Nobody answered in time, or nobody may be called there. Which of the two is not told: it would tell what is on the network.</summary>
    Unreachable,

    /// <summary>Whoever answered is not vouched for.</summary>
    Untrusted,

    /// <summary>The answer is of no use: a redirect, an error, too large, not what it should be.</summary>
    Unusable,
}

/// <summary>A fetch that failed.</summary>
/// <param name="fault">What kind of failure.</param>
/// <param name="detail">For the log.</param>
internal sealed class FetchException(FetchFault fault, string detail) : Exception(detail)
{
    public FetchFault Fault { get; } = fault;
}
