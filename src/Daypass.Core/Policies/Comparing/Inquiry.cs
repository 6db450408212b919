namespace Daypass.Policies.Comparing;

/// <summary>
/// Settles claims about rows. Without variables, and with no condition key read in two ways, the space is exact: what is found is there.
/// Otherwise the proof is over stand-ins, a larger space, and examples are looked for with chosen values.
/// </summary>
internal sealed class Inquiry(IReadOnlyList<Row> rows, IEnumerable<Claim> claims, Confirmation confirmation, bool strangersOnly = false)
{
    private const long StepsOfProof = 20_000_000;
    private const long StepsOfExample = 4_000_000;
    private const int MostVariables = 100;

    private readonly string[] _variableKeys = [.. rows.SelectMany(row => row.VariableKeys).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What came of it.</summary>
    public Finding Settle()
    {
        var limit = new WorkLimit(StepsOfProof);
        var exact = Reading.Exact(strangersOnly);
        var isExact = !rows.Any(row => row.UsesVariables) && Space.KeysOf(rows).All(key => new KeySamples(key, rows, exact, limit).Families == 1);
        var finding = Search(isExact ? exact : Reading.Abstract(strangersOnly), limit);
        if (!finding.IsOpen || finding.Example is not null || (isExact && !finding.IsUnfinished))
            return finding;
        return FindExample(isExact ? [exact with { IsQuick = true }] : Assigned()) is { } found ? finding with { Example = found.Example, Certain = found.Certain } : finding;
    }

    private Finding Search(Reading reading, WorkLimit limit)
    {
        var space = new Space(rows, confirmation.HasPrincipals, reading, limit);
        var finding = new Finding([], [], null, false);
        foreach (var claim in claims)
        {
            if (!limit.TrySpend(claim.Outside.Length))
                break;
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

    /// <summary>The first request that the evaluator confirms, with the statements that are behind it and others.</summary>
    private Finding? FindExample(IEnumerable<Reading> readings)
    {
        var limit = new WorkLimit(StepsOfExample);
        return readings.Select(reading => Search(reading, limit)).FirstOrDefault(finding => finding.Example is not null || limit.IsExhausted) is { Example: not null } found ? found : null;
    }

    /// <summary>Values for the variables: quickly with each, then with care. None for very many: an example is a help, and each choice costs all of them.</summary>
    private IEnumerable<Reading> Assigned()
    {
        if (_variableKeys.Length > MostVariables)
            return [];
        var keys = _variableKeys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        Reading[] readings = [.. Assignments.Of(_variableKeys, rows).Select(values => new Reading(values, keys, strangersOnly))];
        return readings.Select(reading => reading with { IsQuick = true }).Concat(readings);
    }
}
