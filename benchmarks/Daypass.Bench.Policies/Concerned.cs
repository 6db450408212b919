namespace Daypass.Bench.Policies;

/// <summary>Which statements of a population concern the action that is asked for.</summary>
internal enum Concerned
{
    /// <summary>Four of the ten statements of each application.</summary>
    AsWritten,

    /// <summary>Every statement.</summary>
    All,

    /// <summary>Those of each policy's last application only.</summary>
    LastOnly,

    /// <summary>None.</summary>
    None,
}
