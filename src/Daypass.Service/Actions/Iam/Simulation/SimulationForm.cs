namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>What the simulator does where AWS's own changed or is vague.</summary>
internal static class SimulationForm
{
    /// <summary>One result per action with the resources inside, as AWS has it since 2026; before there was one per action and resource.</summary>
    public static bool OneResultPerAction => true;

    /// <summary>
    /// How much work a page may cost, in statements of a hundred characters that are held against one resource each, and a single action: beyond it a
    /// page ends early, as the API reference says that pages may, and an action is refused. Each unit may be a matched statement in the answer, which is
    /// put together in memory.
    /// </summary>
    public const long WorkPerPage = 100_000;

    /// <summary>By how much more a result costs that tells all.</summary>
    public const long WorkOfExplaining = 5;

    /// <summary>The name of simulated sessions whose name nobody gave.</summary>
    public const string SessionName = "simulation";
}
