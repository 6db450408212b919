namespace Daypass.Policies.Comparing;

/// <summary>Access that a policy is not to grant: any of the actions on any of the resources.</summary>
/// <param name="Actions">As in <c>Action</c>, with wildcards, in any letter case; empty for every action.</param>
/// <param name="Resources">As in <c>Resource</c>, with wildcards and without variables; empty for every resource.</param>
public sealed record AccessPattern(IReadOnlyList<string> Actions, IReadOnlyList<string> Resources);
