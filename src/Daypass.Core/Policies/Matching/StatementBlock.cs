namespace Daypass.Policies.Matching;

/// <summary>
/// Up to 64 statements of a document, found by action: a decision looks only at those that name the action, have a wildcard pattern of its
/// service, or may concern any service. So what a decision costs grows with the statements in question, not with those there are.
/// </summary>
internal sealed class StatementBlock
{
    private const int Size = 64;

    private readonly Statement[] _statements;
    private readonly NameTable _names;
    private readonly StatementSets _anywhere;

    private StatementBlock(Statement[] statements)
    {
        _statements = statements;
        var (byAction, byService) = (new Dictionary<string, StatementSets>(StringComparer.Ordinal), new Dictionary<string, StatementSets>(StringComparer.Ordinal));
        for (var i = 0; i < statements.Length; i++)
        {
            var bit = statements[i].IsDeny ? new StatementSets(1UL << i, 0) : new StatementSets(0, 1UL << i);
            if (statements[i].ConcernsAnyService)
                _anywhere |= bit;
            foreach (var pattern in statements[i].ActionPatterns)
            {
                if (pattern.Exactly is { } action)
                    Add(byAction, action, bit);
                else if (pattern.IsAlive)
                    Add(byService, pattern.Service, bit);
            }
        }
        _names = new(Merge(byAction, byService));
    }

    /// <summary>The statements in blocks, in order.</summary>
    public static StatementBlock[] Of(Statement[] statements) => [.. statements.Chunk(Size).Select(chunk => new StatementBlock(chunk))];

    public Statement this[int index] => _statements[index];

    /// <summary>The statements that may concern the request's action, as bits in the order of the text.</summary>
    public ulong Candidates(in Subject subject, bool isDeny)
    {
        var isFound = _names.TryFind(subject.Action, subject.ActionHash, out var sets) || _names.TryFind(subject.Service, subject.ServiceHash, out sets);
        return (isFound ? sets : _anywhere).Of(isDeny);
    }

    private static void Add(Dictionary<string, StatementSets> names, string name, StatementSets bit) => names[name] = names.GetValueOrDefault(name) | bit;

    /// <summary>One look must do: what is said of an action holds all that is said of its service, and both all that is said of any.</summary>
    private Dictionary<string, StatementSets> Merge(Dictionary<string, StatementSets> byAction, Dictionary<string, StatementSets> byService)
    {
        var names = new Dictionary<string, StatementSets>(StringComparer.Ordinal);
        foreach (var (service, sets) in byService)
            names.Add(service, sets | _anywhere);
        foreach (var (action, sets) in byAction)
            names.Add(action, sets | byService.GetValueOrDefault(action[..action.IndexOf(':', StringComparison.Ordinal)]) | _anywhere);
        return names;
    }
}
