namespace Daypass.Policies;

/// <summary>An element of a statement that did not fit the request.</summary>
/// <param name="Element">Which.</param>
/// <param name="Condition">The condition, if it is one.</param>
/// <param name="MissingKeys">The condition keys that the element asks for, in conditions or variables, and the request does not have; each once.</param>
public sealed record Shortfall(StatementElement Element, TracedCondition? Condition, IReadOnlyList<string> MissingKeys);
