namespace Daypass.Policies;

/// <summary>A condition that was not met.</summary>
/// <param name="Operator">With prefix and suffix, in AWS's letter case, such as <c>ForAnyValue:StringLike</c>.</param>
/// <param name="Key">The condition key as the policy writes it.</param>
/// <param name="Wanted">The policy's values as written, variables not replaced.</param>
/// <param name="Found">The request's values; null if the key is missing. They came from outside: show them as values of <paramref name="Key"/> only.</param>
public sealed record TracedCondition(string Operator, string Key, IReadOnlyList<string> Wanted, IReadOnlyList<string>? Found);
