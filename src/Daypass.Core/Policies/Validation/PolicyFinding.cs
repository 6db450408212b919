namespace Daypass.Policies.Validation;

/// <summary>Something about a policy that its author should know.</summary>
/// <param name="Type">How grave it is.</param>
/// <param name="IssueCode">What it is, such as <c>INVALID_ACTION</c>; docs/reference/policy-checks.md lists all.</param>
/// <param name="Details">One line for people: the value in question, and what to change.</param>
/// <param name="Locations">The parts concerned; at least one.</param>
public sealed record PolicyFinding(FindingType Type, string IssueCode, string Details, IReadOnlyList<FindingLocation> Locations);
