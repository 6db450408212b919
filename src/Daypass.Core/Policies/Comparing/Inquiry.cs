namespace Daypass.Policies.Comparing;

/// <summary>
/// Settles claims about rows. Without variables, and with no condition key read in two ways, the space is exact: what is found is there.
/// Otherwise the proof is over stand-ins, a larger space, and examples are looked for with chosen values.
/// </summary>
internal sealed class Inquiry(IReadOnlyList<Row> rows, IReadOnlyList<Claim> claims, Confirmation confirmation, bool strangersOnly = false)
{
    private const long StepsOfProof = 40_000_000;
    private const long StepsOfExample = 4_000_000;

    private static readonly HashSet<string> NoKeys = [];

    private readonly string[] _variableKeys = [.. rows.SelectMany(row => row.VariableKeys).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What came of it.</summary>
    public Finding Settle()
    {
        var limit = new WorkLimit(StepsOfProof);
        var isExact = !rows.Any(row => row.UsesVariables) && Space.KeysOf(rows).All(key => new KeySamples(key, rows, Exact, limit).Families == 1);
        var finding = Search(isExact ? Exact : new Reading(null, NoKeys, strangersOnly), limit);
        if (!finding.IsOpen || finding.Example is not null)
            return finding;
        return isExact ? finding : finding with { Example = FindExample(out var statements), Certain = statements };
    }

    private Reading Exact => new(new RequestContext(null, 0), NoKeys, strangersOnly);

    private Finding Search(Reading reading, WorkLimit limit)
    {
        var space = new Space(rows, confirmation.HasPrincipals, reading, limit);
        var finding = new Finding([], [], null, false);
        foreach (var claim in claims)
        {
            if (finding.Possible.Contains(claim.Statement) || Refute(claim, space, limit) is not { } found)
                continue;
            finding.Possible.Add(claim.Statement);
            if (reading.IsAbstract || confirmation.Confirm(space.RequestIn(found)) is not { } request)
                continue;
            finding.Certain.Add(claim.Statement);
            finding = finding with { Example = finding.Example ?? request };
        }
        return finding with { IsUnfinished = limit.IsExhausted };
    }

    private static Box? Refute(Claim claim, Space space, WorkLimit limit)
    {
        var within = claim.Within.Select(row => space[row]).Aggregate((left, right) => left.And(right));
        return within.IsEmpty ? null : Difference.Find(within, [.. claim.Outside.Select(row => space[row])], limit);
    }

    /// <summary>Tries values for the variables until the evaluator confirms a request.</summary>
    private AccessRequest? FindExample(out HashSet<int> statements)
    {
        statements = [];
        var limit = new WorkLimit(StepsOfExample);
        foreach (var values in Assignments.Of(_variableKeys, rows, limit))
        {
            var reading = new Reading(values, _variableKeys.ToHashSet(StringComparer.OrdinalIgnoreCase), strangersOnly);
            var finding = Search(reading, limit);
            statements.UnionWith(finding.Certain);
            if (finding.Example is { } example)
                return example;
        }
        return null;
    }
}
