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
    private readonly Dictionary<string, int[]> _symbols = new(StringComparer.Ordinal);
    private long _left = Budget;

    /// <summary>Takes from the budget; false if nothing is left.</summary>
    public bool Charge(long cost) => (_left = Math.Max(0, _left - cost)) > 0;

    /// <summary>Entries of <c>Action</c>.</summary>
    public bool OfActions(string wide, string narrow)
    {
        if (!Charge(Fixed))
            return false;
        var (wider, narrower) = (ActionOf(wide), ActionOf(narrow));
        if (!wider.IsAlive || !narrower.IsAlive)
            return false;
        return wider.IsEverything || (!narrower.IsEverything && Cover(SymbolsOf(ActionPattern.Lower(wide)), SymbolsOf(ActionPattern.Lower(narrow))));
    }

    /// <summary>Entries of <c>Resource</c>; see <see cref="ResourcePattern"/> for how they match.</summary>
    public bool OfResources(string wide, string narrow)
    {
        if (!Charge(Fixed))
            return false;
        if (wide.Length > 0 && !wide.AsSpan().ContainsAnyExcept('*'))
            return true;
        var (wider, narrower) = (wide.Split(':', ArnFields.Count), narrow.Split(':', ArnFields.Count));
        if (wider[0] != "arn" || narrower[0] != "arn")
            return wider[0] != "arn" && narrower[0] != "arn" && Cover(SymbolsOf(wide), SymbolsOf(narrow));
        // Every text that a pattern matches field by field is matched by the pattern of the fields as a whole, completed to six.
        if (IsMatchedAsAWhole(wider))
            return Cover(SymbolsOf(wide), SymbolsOf(Complete(narrow, narrower)));
        // A narrow pattern with a star at the end of a field may match texts whose fields are others.
        return !narrower.Take(ArnFields.Count - 1).Any(field => field.EndsWith('*')) && AreFieldsCovered(wider, narrower);
    }

    /// <summary>Values of an operator with wildcards.</summary>
    public bool OfTexts(string wide, string narrow) => Cover(SymbolsOf(wide), SymbolsOf(narrow));

    private static bool IsMatchedAsAWhole(string[] fields) =>
        fields.Take(ArnFields.Count - 1).Any(field => PolicyChoices.StarCrossesColons && field.EndsWith('*'))
        || (fields.Length == ArnFields.Count && !fields.Take(ArnFields.Count - 1).Any(field => field.AsSpan().ContainsAny('*', '?')));

    private bool AreFieldsCovered(string[] wide, string[] narrow)
    {
        for (var i = 0; i < ArnFields.Count; i++)
        {
            if (!Cover(SymbolsOf(FieldOf(wide, i)), SymbolsOf(FieldOf(narrow, i))))
                return false;
        }
        return true;
    }

    private static string FieldOf(string[] fields, int field) => field < fields.Length ? fields[field] : "*";

    /// <summary>A star at the end matches the fields that are not written, colons and all.</summary>
    private static string Complete(string text, string[] fields) =>
        fields.Length == ArnFields.Count || fields[^1].EndsWith('*') ? text : text + string.Concat(Enumerable.Repeat(":*", ArnFields.Count - fields.Length));

    private bool Cover(int[] wide, int[] narrow) => Charge(Fixed + ((long)wide.Length * narrow.Length)) && Symbols.Cover(wide, narrow);

    private ActionPattern ActionOf(string text)
    {
        if (!_actions.TryGetValue(text, out var pattern))
            _actions.Add(text, pattern = new ActionPattern(text));
        return pattern;
    }

    private int[] SymbolsOf(string text)
    {
        if (!_symbols.TryGetValue(text, out var symbols))
            _symbols.Add(text, symbols = variables ? Symbols.Of(text, _numbers) : Symbols.Of(text));
        return symbols;
    }
}
