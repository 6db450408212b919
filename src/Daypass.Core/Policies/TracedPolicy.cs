namespace Daypass.Policies;

/// <summary>One policy of a trace.</summary>
/// <param name="Policy">The policy, with its id and ARN.</param>
/// <param name="Statements">All of its statements, in the order of the text.</param>
public sealed record TracedPolicy(Policy Policy, IReadOnlyList<TracedStatement> Statements);
