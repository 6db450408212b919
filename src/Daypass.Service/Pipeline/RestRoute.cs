namespace Daypass.Service.Pipeline;

/// <summary>Where a REST service has an action, and which of its parameters do not come in the body.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as it is sent; no action here has labels in it.</param>
/// <param name="QueryMembers">Parameters that are taken from the query string, and from nowhere else.</param>
internal sealed record RestRoute(string Method, string Path, params IReadOnlyList<string> QueryMembers)
{
    /// <summary>Whether a parameter, by its flattened name, belongs into the query string.</summary>
    public bool IsQueryMember(string name)
    {
        var end = name.IndexOf('.', StringComparison.Ordinal);
        return QueryMembers.Contains(end < 0 ? name : name[..end]);
    }
}
