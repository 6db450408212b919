namespace Daypass.Policies.Matching;

/// <summary>Three ascending lists of statements without a common member, as one.</summary>
internal ref struct Candidates(Statement[] statements, ReadOnlySpan<int> named, ReadOnlySpan<int> ofService, ReadOnlySpan<int> anywhere)
{
    private const int None = int.MaxValue;

    private readonly Statement[] _statements = statements;
    private ReadOnlySpan<int> _named = named;
    private ReadOnlySpan<int> _ofService = ofService;
    private ReadOnlySpan<int> _anywhere = anywhere;

    /// <summary>The statement.</summary>
    public Statement Current { get; private set; } = null!;

    /// <summary>Whether the statement's action is known to fit, since it is named.</summary>
    public bool IsNamed { get; private set; }

    public bool MoveNext()
    {
        var named = _named.IsEmpty ? None : _named[0];
        var ofService = _ofService.IsEmpty ? None : _ofService[0];
        var anywhere = _anywhere.IsEmpty ? None : _anywhere[0];
        var next = Math.Min(named, Math.Min(ofService, anywhere));
        if (next == None)
            return false;
        IsNamed = next == named;
        if (IsNamed)
            _named = _named[1..];
        else if (next == ofService)
            _ofService = _ofService[1..];
        else
            _anywhere = _anywhere[1..];
        Current = _statements[next];
        return true;
    }
}
