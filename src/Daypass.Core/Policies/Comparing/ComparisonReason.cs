namespace Daypass.Policies.Comparing;

/// <summary>Why a check does not pass.</summary>
/// <param name="Description">One sentence.</param>
/// <param name="StatementIndex">The statement that gives the access, from 0; -1 if it is about no single statement.</param>
/// <param name="StatementId">The statement's <c>Sid</c>; null if it has none.</param>
public sealed record ComparisonReason(string Description, int StatementIndex, string? StatementId);
