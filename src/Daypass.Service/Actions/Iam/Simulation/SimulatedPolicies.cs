using Daypass.Policies;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>
/// The policies of an entity, the same that its live calls are decided by, under the names that AWS's simulator gives them: a managed policy's
/// name, and <c>user_alice_reading</c> for the inline policy "reading" of the user "alice".
/// </summary>
internal sealed record SimulatedPolicies(IReadOnlyList<HeldPolicy> Held, Policy? Boundary)
{
    public IReadOnlyList<Policy> Identity => [.. Held.Select(held => held.Policy)];

    public static SimulatedPolicies Of(IPolicyHolder holder, AccountDirectory directory) => new(
        [.. PrincipalPolicies.HeldBy(holder, directory).Select(held => held with { Policy = held.Policy with { Id = IdOf(held) } })],
        PrincipalPolicies.BoundaryOf(BoundaryOf(holder), directory) is { } boundary ? boundary with { Id = NameOf(boundary.Arn!) } : null);

    /// <summary>The same without what is left out.</summary>
    public SimulatedPolicies Without(IReadOnlyList<PolicyExclusion> exclusions) => new(
        [.. Held.Where(held => !exclusions.Any(exclusion => exclusion.Covers(held)))], exclusions.Any(exclusion => exclusion.CoversBoundary) ? null : Boundary);

    public static string NounOf(IPolicyHolder holder) => holder switch { User => "user", Group => "group", _ => "role" };

    public static string NameOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    private static string IdOf(HeldPolicy held) =>
        held.Policy.Arn is { } arn ? NameOf(arn) : $"{NounOf(held.Holder)}_{held.Holder.Name}_{held.Policy.Id}";

    private static string? BoundaryOf(IPolicyHolder holder) => holder switch { User user => user.Boundary, Role role => role.Boundary, _ => null };
}
