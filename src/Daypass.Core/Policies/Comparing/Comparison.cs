namespace Daypass.Policies.Comparing;

/// <summary>What came of a question about everything that a policy allows.</summary>
/// <param name="Passes">
/// Whether it is proven that there is no such access. False if there is, and also if it could not be proven: the reasons tell which.
/// </param>
/// <param name="Reasons">One for each statement that gives the access, in the order of the text; empty if <paramref name="Passes"/>.</param>
/// <param name="CounterExample">
/// A request that shows it: the policy in question allows it by <see cref="PolicyEvaluator"/>, and the one it is compared with does not. Null if
/// <paramref name="Passes"/>, and if no request was found that the evaluator confirms.
/// </param>
public sealed record Comparison(bool Passes, IReadOnlyList<ComparisonReason> Reasons, AccessRequest? CounterExample);
