namespace Daypass.Policies.Matching;

/// <summary>
/// The statements of one effect, found by action: those that name it exactly, those with a wildcard pattern of its service, and those that
/// may concern any service. Each statement is in one list of an action only, so a decision looks at no statement twice and at few in vain.
/// </summary>
internal sealed class StatementIndex
{
    private readonly Statement[] _statements;
    private readonly NameTable _byAction;
    private readonly NameTable _byService;
    private readonly int[] _anywhere;

    public StatementIndex(Statement[] statements)
    {
        _statements = statements;
        var (byAction, byService, anywhere) = (new Dictionary<string, List<int>>(StringComparer.Ordinal), new Dictionary<string, List<int>>(StringComparer.Ordinal), new List<int>());
        for (var i = 0; i < statements.Length; i++)
        {
            if (statements[i].ConcernsAnyService)
                anywhere.Add(i);
            else
                Add(statements[i].ActionPatterns, i, byAction, byService);
        }
        (_byAction, _byService, _anywhere) = (new(byAction), new(byService), [.. anywhere]);
    }

    /// <summary>The statements that may concern the request's action, in the order of the text.</summary>
    public Candidates Find(in Subject subject) => new(
        _statements,
        _byAction.Find(subject.Action, subject.ActionHash),
        subject.Service.IsEmpty ? default : _byService.Find(subject.Service, subject.ServiceHash),
        _anywhere);

    private static void Add(ReadOnlySpan<ActionPattern> patterns, int number, Dictionary<string, List<int>> byAction, Dictionary<string, List<int>> byService)
    {
        foreach (var pattern in patterns)
        {
            if (pattern is { IsAlive: true, Exactly: null })
                Add(byService, pattern.Service, number);
        }
        foreach (var pattern in patterns)
        {
            if (pattern.Exactly is { } action && !(byService.TryGetValue(pattern.Service, out var others) && others[^1] == number))
                Add(byAction, action, number);
        }
    }

    private static void Add(Dictionary<string, List<int>> lists, string name, int number)
    {
        if (!lists.TryGetValue(name, out var list))
            lists.Add(name, list = []);
        if (list.Count == 0 || list[^1] != number)
            list.Add(number);
    }
}
