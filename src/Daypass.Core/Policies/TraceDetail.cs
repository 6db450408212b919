namespace Daypass.Policies;

/// <summary>How many statements a written trace lists. What is left out is counted.</summary>
public enum TraceDetail
{
    /// <summary>Every statement.</summary>
    All,

    /// <summary>Those that concern the action, and the nearest.</summary>
    Candidates,

    /// <summary>The one that decided, and the nearest.</summary>
    Decisive,
}
