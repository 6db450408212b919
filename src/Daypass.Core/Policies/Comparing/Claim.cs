namespace Daypass.Policies.Comparing;

/// <summary>That nothing is in all of some rows and in none of others.</summary>
/// <param name="Statement">The statement that gives access if the claim is false.</param>
/// <param name="Within">The rows to be in.</param>
/// <param name="Outside">The rows to be in none of.</param>
internal sealed record Claim(int Statement, int[] Within, int[] Outside);
