namespace Daypass.Policies.Matching;

/// <summary>A statement that applies to a request, and how its policy names the caller (None in policies without principals).</summary>
internal readonly record struct Match(Policy Policy, Statement Statement, PrincipalMatch Principal);
