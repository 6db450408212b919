namespace Daypass.Policies.Comparing;

/// <summary>A question as rows and claims: the statements of the policy in question, those of the one it is compared with, access patterns.</summary>
internal sealed class Question
{
    private readonly Row[] _rows;
    private readonly int _statements;
    private readonly int _patterns;
    private readonly Policy _policy;
    private readonly Policy? _existing;
    private readonly int[] _allows;
    private readonly int[] _denies;

    public Question(PolicyDocument policy, PolicyDocument? existing = null, IReadOnlyList<AccessPattern>? access = null)
    {
        _policy = new(policy, "policy", null);
        _existing = existing is null ? null : new(existing, "existing", null);
        _statements = policy.Statements.Count;
        _rows = [.. RowsOf(_policy), .. RowsOf(_existing), .. (access ?? []).Select(entry => new Row(entry))];
        _patterns = _rows.Length - (access?.Count ?? 0);
        _allows = Rows(0, _statements, isDeny: false);
        _denies = Rows(0, _statements, isDeny: true);
    }

    /// <summary>
    /// Of each Allow: none of it is outside of all Denies and all that exists, and none of what a Deny took from what exists is outside of all
    /// Denies.
    /// </summary>
    public IEnumerable<Claim> NoNewAccess()
    {
        int[] covered = [.. _denies, .. Existing(isDeny: false)];
        var denied = Existing(isDeny: true);
        return _allows.SelectMany(allow => denied.Select(deny => new Claim(allow, [allow, deny], _denies)).Prepend(new Claim(allow, [allow], covered)));
    }

    /// <summary>Of each Allow and each pattern: all that is in both is denied.</summary>
    public IEnumerable<Claim> NoneOf(int patterns) =>
        _allows.SelectMany(allow => Enumerable.Range(_patterns, patterns).Select(pattern => new Claim(allow, [allow, pattern], _denies)));

    /// <summary>Of each Allow: all of it is denied.</summary>
    public IEnumerable<Claim> NoneOf() => _allows.Select(allow => new Claim(allow, [allow], _denies));

    public Comparison Answer(IEnumerable<Claim> claims, string access, bool strangersOnly)
    {
        var owner = new PrincipalSamples(_rows, new WorkLimit(0)).Owner;
        var finding = new Inquiry(_rows, claims, new Confirmation(_policy, _existing, owner), strangersOnly).Settle();
        return Verdict.Of(finding, _policy.Document, access);
    }

    private int[] Existing(bool isDeny) => Rows(_statements, _patterns, isDeny);

    private int[] Rows(int from, int to, bool isDeny) => [.. Enumerable.Range(from, to - from).Where(row => _rows[row].IsDeny == isDeny)];

    private static IEnumerable<Row> RowsOf(Policy? policy) => policy is null ? [] : policy.Document.Statements.Select(statement => new Row(statement, policy));
}
