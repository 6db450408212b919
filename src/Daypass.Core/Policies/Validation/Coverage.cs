using Daypass.Policies.Matching;
using Daypass.Policies.Variables;

namespace Daypass.Policies.Validation;

/// <summary>
/// Whether one entry of a policy matches all that another one matches, as the engine matches. Never true wrongly; comparing costs, so a policy has a
/// budget, and what is not compared is not covered.
/// </summary>
internal sealed class Coverage(bool variables)
{
    private const long Budget = 20_000_000;

    /// <summary>What a comparison costs besides going through the patterns.</summary>
    private const int Fixed = 16;

    private readonly Dictionary<Segment, int> _numbers = [];
    private readonly Dictionary<string, ActionPattern> _actions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), int[]> _symbols = [];
    private long _left = Budget;

    /// <summary>Takes from the budget; false if nothing is left.</summary>
    public bool Charge(long cost) => (_left = Math.Max(0, _left - cost)) > 0;

    /// <summary>Entries of <c>Action</c>.</summary>
    public bool OfActions(string wide, string narrow)
    {
        if (!IsWorthIt(wide, narrow))
            return false;
        var (wider, narrower) = (ActionOf(wide), ActionOf(narrow));
        if (!wider.IsAlive || !narrower.IsAlive)
            return false;
        return wider.IsEverything || (!narrower.IsEverything && Cover(SymbolsOf(ActionPattern.Lower(wide), ""), SymbolsOf(ActionPattern.Lower(narrow), "")));
    }

    /// <summary>Entries of <c>Resource</c>; see <see cref="ResourcePattern"/> for how they match.</summary>
    public bool OfResources(string wide, string narrow)
    {
        if (!IsWorthIt(wide, narrow))
            return false;
        if (wide.Length > 0 && !wide.AsSpan().ContainsAnyExcept('*'))
            return true;
        var (wider, narrower) = (wide.Split(':', ArnFields.Count), narrow.Split(':', ArnFields.Count));
        if (wider[0] != "arn" || narrower[0] != "arn")
            return wider[0] != "arn" && narrower[0] != "arn" && Cover(WholeOf(wider), WholeOf(narrower));
        // Every text that a pattern matches field by field is matched by the pattern of the fields as a whole, completed to six.
        if (IsMatchedAsAWhole(wider))
            return Cover(WholeOf(wider), WholeOf(narrower, isCompleted: true));
        // A narrow pattern with a star at the end of a field may match texts whose fields are others.
        return !narrower.Take(ArnFields.Count - 1).Any(field => field.EndsWith('*')) && AreFieldsCovered(wider, narrower);
    }

    /// <summary>Values of an operator with wildcards.</summary>
    public bool OfTexts(string wide, string narrow) => IsWorthIt(wide, narrow) && Cover(SymbolsOf("", wide), SymbolsOf("", narrow));

    private static bool IsMatchedAsAWhole(string[] fields) =>
        fields.Take(ArnFields.Count - 1).Any(field => PolicyChoices.StarCrossesColons && field.EndsWith('*'))
        || (fields.Length == ArnFields.Count && !fields.Take(ArnFields.Count - 1).Any(field => field.AsSpan().ContainsAny('*', '?')));

    private bool AreFieldsCovered(string[] wide, string[] narrow)
    {
        for (var i = 0; i < ArnFields.Count; i++)
        {
            if (!Cover(FieldOf(wide, i), FieldOf(narrow, i)))
                return false;
        }
        return true;
    }

    private int[] FieldOf(string[] fields, int field) => field switch
    {
        _ when field >= fields.Length => SymbolsOf("*", ""),
        ArnFields.Count - 1 => SymbolsOf("", fields[field]),
        _ => SymbolsOf(fields[field], ""),
    };

    /// <summary>Variables count in the last of six fields only. A star at the end matches the fields that are not written, colons and all.</summary>
    private int[] WholeOf(string[] fields, bool isCompleted = false)
    {
        if (fields.Length == ArnFields.Count)
            return SymbolsOf(string.Join(':', fields[..^1]) + ":", fields[^1]);
        var missing = isCompleted && !fields[^1].EndsWith('*') ? ArnFields.Count - fields.Length : 0;
        return SymbolsOf(string.Join(':', fields) + string.Concat(Enumerable.Repeat(":*", missing)), "");
    }

    private bool IsWorthIt(string wide, string narrow) => Charge(Fixed) && wide.Length <= Symbols.MaxLength && narrow.Length <= Symbols.MaxLength;

    private bool Cover(int[] wide, int[] narrow) => Charge(Fixed + ((long)wide.Length * narrow.Length)) && Symbols.Cover(wide, narrow);

    private ActionPattern ActionOf(string text)
    {
        if (!_actions.TryGetValue(text, out var pattern))
            _actions.Add(text, pattern = new ActionPattern(text));
        return pattern;
    }

    /// <summary>A pattern of which only the end may have variables.</summary>
    private int[] SymbolsOf(string start, string end)
    {
        if (!_symbols.TryGetValue((start, end), out var symbols))
            _symbols.Add((start, end), symbols = [.. Symbols.Of(start), .. variables ? Symbols.Of(end, _numbers) : Symbols.Of(end)]);
        return symbols;
    }
}
