using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>What AWS's simulator cannot do. Without these parameters everything is as with AWS.</summary>
/// <param name="TrustPolicy">A trust policy that decides <c>sts:AssumeRole</c> and its kin on every resource.</param>
/// <param name="SessionPolicies">Session policies: the caller is then a session of a role.</param>
/// <param name="Explains">Whether each result comes with the engine's whole trace as text.</param>
internal sealed record SimulationExtensions(string? TrustPolicy, IReadOnlyList<string> SessionPolicies, bool Explains)
{
    public static SimulationExtensions Read(Parameters wire) => new(
        wire.Text("TrustPolicy", TextRules.PolicyDocument),
        InputPolicies.Read(wire, "SessionPolicyInputList"),
        wire.Flag("Explain") ?? false);
}
