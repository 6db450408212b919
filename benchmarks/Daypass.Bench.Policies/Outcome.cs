namespace Daypass.Bench.Policies;

/// <summary>How a measured decision ends.</summary>
public enum Outcome
{
    /// <summary>A statement with a variable in its resource allows.</summary>
    Allowed,

    /// <summary>A statement with a condition denies.</summary>
    Denied,

    /// <summary>No statement allows.</summary>
    NotAllowed,
}
