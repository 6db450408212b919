namespace Daypass.Policies;

/// <summary>One statement of a trace.</summary>
/// <param name="Policy">The policy that it stands in.</param>
/// <param name="Statement">The statement; <see cref="Policies.Statement.Position"/> tells line and column.</param>
/// <param name="Index">Its place among the policy's statements, from 0.</param>
/// <param name="NamedAs">How it names the caller; None in policies without principals.</param>
/// <param name="Shortfalls">The elements that did not fit: principal, action, resource, conditions, in this order; none if it applies.</param>
public sealed record TracedStatement(Policy Policy, Statement Statement, int Index, PrincipalMatch NamedAs, IReadOnlyList<Shortfall> Shortfalls)
{
    /// <summary>Whether the statement applies to the request.</summary>
    public bool IsMatch => Shortfalls.Count == 0;

    /// <summary>Whether the statement concerns the action.</summary>
    public bool FitsAction => !Shortfalls.Any(shortfall => shortfall.Element == StatementElement.Action);
}
