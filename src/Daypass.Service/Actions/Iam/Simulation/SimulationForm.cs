namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>What the simulator does where AWS's own changed or is vague.</summary>
internal static class SimulationForm
{
    /// <summary>One result per action with the resources inside, as AWS has it since 2026; before there was one per action and resource.</summary>
    public static bool OneResultPerAction => true;

    /// <summary>
    /// How much work a page may cost, in statements of a hundred characters that are held against one resource each. A page that would cost more ends early, as
    /// the API reference says that pages may.
    /// </summary>
    public const long WorkPerPage = 200_000;

    /// <summary>What a single action may cost; beyond it the simulation is refused.</summary>
    public const long WorkPerAction = 1_000_000;

    /// <summary>The name of simulated sessions whose name nobody gave.</summary>
    public const string SessionName = "simulation";
}
