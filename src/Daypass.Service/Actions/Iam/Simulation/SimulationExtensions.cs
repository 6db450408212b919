using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>What AWS's simulator cannot do. Without these parameters everything is as with AWS.</summary>
/// <param name="TrustPolicy">A trust policy that decides <c>sts:AssumeRole</c> and its kin on every resource.</param>
/// <param name="SessionPolicies">Session policies: the caller is then a session of a role.</param>
/// <param name="Explains">Whether each result comes with the engine's whole trace as text.</param>
internal sealed record SimulationExtensions(string? TrustPolicy, IReadOnlyList<string> SessionPolicies, bool Explains)
{
    /// <summary>The name of the sessions that are simulated, or asked for.</summary>
    public string SessionName { get; private init; } = SimulationForm.SessionName;

    /// <summary>Whether the stored trust policies of the roles among the resources decide who may assume them.</summary>
    public bool UsesTrustPolicies { get; private init; }

    /// <summary>ARNs of roles that are assumed one after the other before the actions are asked about.</summary>
    public IReadOnlyList<string> Chain { get; private init; } = [];

    /// <summary>Whether the caller is simulated with its stored tags.</summary>
    public bool UsesTags => UsesTrustPolicies || Chain.Count > 0;

    /// <summary>Those that look at nothing stored.</summary>
    /// <exception cref="ApiException">InvalidInput: there are others.</exception>
    public static SimulationExtensions ReadOfCustom(Parameters wire) => wire.Raw("UseTrustPolicies") is null && wire.Members("RoleChain").Count == 0
        ? Read(wire)
        : throw Errors.InvalidInput("UseTrustPolicies and RoleChain are parameters of SimulatePrincipalPolicy: this action looks at nothing that is stored.");

    /// <summary>With those that need an entity of the account.</summary>
    public static SimulationExtensions ReadOfPrincipal(Parameters wire) => Read(wire) with
    {
        UsesTrustPolicies = wire.Flag("UseTrustPolicies") ?? false,
        Chain = RoleChain.Read(wire),
    };

    /// <exception cref="ApiException">InvalidInput: they contradict each other.</exception>
    public void Check(SimulationRequest request)
    {
        if (UsesTrustPolicies && TrustPolicy is not null)
            throw Errors.InvalidInput("Pass either TrustPolicy or UseTrustPolicies.");
        if (Chain.Count > 0 && request.CallerArn is not null)
            throw Errors.InvalidInput("Pass either CallerArn or RoleChain: the caller is a session of the last role.");
    }

    private static SimulationExtensions Read(Parameters wire) => new(
        wire.Text("TrustPolicy", TextRules.PolicyDocument),
        InputPolicies.Read(wire, "SessionPolicyInputList"),
        wire.Flag("Explain") ?? false)
    {
        SessionName = wire.Text("RoleSessionName", TextRules.SessionName) ?? SimulationForm.SessionName,
    };
}
