namespace Daypass.Policies;

/// <summary>What a set of policies says of a request.</summary>
public enum TracedOutcome
{
    /// <summary>No statement applies.</summary>
    Silent,

    /// <summary>An Allow applies, and no Deny.</summary>
    Allows,

    /// <summary>A Deny applies.</summary>
    Denies,
}
