namespace Daypass.Service.Pipeline;

/// <summary>Where a REST service has an action, and which of its parameters do not come in the body.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as it is sent. A step in braces is a parameter: <c>/crl/{crlId}</c>.</param>
/// <param name="QueryMembers">Parameters that are taken from the query string, and from nowhere else.</param>
internal sealed record RestRoute(string Method, string Path, params IReadOnlyList<string> QueryMembers)
{
    private readonly string[] _steps = Path.Split('/');

    /// <summary>The HTTP status of its answer.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Parameters that are taken from the query string or from the body, but not from both.</summary>
    public IReadOnlyList<string> EitherMembers { get; init; } = [];

    /// <summary>Those of the query's parameters that are lists: each item comes under the same name.</summary>
    public IReadOnlyList<string> QueryLists { get; init; } = [];

    /// <summary>Whether a step of the path is a parameter.</summary>
    public bool HasLabels => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>Whether a parameter, by its flattened name, may come in the query string.</summary>
    public bool IsQueryMember(string name) => Lists(QueryMembers, name) || Lists(EitherMembers, name);

    /// <summary>Whether a parameter, by its flattened name, may come in the body.</summary>
    public bool IsBodyMember(string name) => !Lists(QueryMembers, name) && !_steps.Any(step => IsLabel(step) && step[1..^1] == Head(name));

    /// <summary>Whether a path is this one, with something in the place of each parameter.</summary>
    public bool IsAt(string path)
    {
        var steps = path.Split('/');
        if (steps.Length != _steps.Length)
            return false;
        for (var i = 0; i < steps.Length; i++)
        {
            if (IsLabel(_steps[i]) ? steps[i].Length == 0 : steps[i] != _steps[i])
                return false;
        }
        return true;
    }

    /// <summary>The parameters in a path that <see cref="IsAt"/>, unescaped.</summary>
    public IEnumerable<KeyValuePair<string, string>> LabelsOf(string path) =>
        _steps.Zip(path.Split('/')).Where(step => IsLabel(step.First)).Select(step => KeyValuePair.Create(step.First[1..^1], Uri.UnescapeDataString(step.Second)));

    private static bool IsLabel(string step) => step.StartsWith('{');

    private static bool Lists(IReadOnlyList<string> members, string name) => members.Count > 0 && members.Contains(Head(name));

    private static string Head(string name)
    {
        var end = name.IndexOf('.', StringComparison.Ordinal);
        return end < 0 ? name : name[..end];
    }
}
