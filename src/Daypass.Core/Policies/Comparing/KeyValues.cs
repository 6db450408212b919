using System.Globalization;
using Daypass.Policies.Conditions;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Comparing;

/// <summary>The single values of one condition key that stand for all, by the families of operators that read it.</summary>
internal sealed class KeyValues
{
    /// <summary>What no family of numbers, dates, addresses or bytes reads.</summary>
    private const string Unreadable = "not readable!";

    private readonly KeyType _type;
    private readonly Reading _reading;
    private readonly WorkLimit _limit;
    private readonly (Condition Condition, bool Variables)[] _conditions;
    private readonly List<KeyValue> _all = [];
    private readonly IReadOnlyList<Operands> _friends;

    public KeyValues(string key, IReadOnlyList<KeyRow> rows, Reading reading, WorkLimit limit)
    {
        (_type, _reading, _limit) = (KeyTypes.Of(key), reading, limit);
        _conditions = [.. rows.SelectMany(row => row.Conditions.Select(condition => (condition, row.HasVariables)))];
        Families = [.. _conditions.Select(entry => KeyFamily.Of(entry.Condition)).Where(family => family != KeyFamily.Presence).Distinct()];
        if (Families.Count == 0)
            Families = [KeyFamily.Text];
        _friends = reading.StrangersOnly ? FriendsOnly.Operands(key, _conditions.Select(entry => entry.Condition)) : [];
    }

    public IReadOnlyList<KeyFamily> Families { get; }

    /// <summary>What a stand-in is written as in a request.</summary>
    public static string NumberOf(int index) => index.ToString(CultureInfo.InvariantCulture);

    public IReadOnlyList<KeyValue> All()
    {
        _all.AddRange((_reading.IsAbstract ? StandIns() : Real()).Where(value => !IsFriends(value)));
        return _all;
    }

    /// <summary>A row whose conditions take stand-ins.</summary>
    public KeyRow Abstracted(KeyRow row) => row with { Conditions = [.. row.Conditions.Select(condition => Abstracted(condition, row.HasVariables))] };

    /// <summary>The value that a condition is to see: it looks itself at whether a key is there, and whether a lone text is empty.</summary>
    public ContextValue Plain(Condition condition, ContextValue value)
    {
        if (value.Count != 1 || !_all[int.Parse(value[0], CultureInfo.InvariantCulture)].IsEmptyText || condition.Name.Set != SetMode.ForAllValues)
            return value;
        return value.IsList ? new ContextValue([""]) : new ContextValue("");
    }

    private Condition Abstracted(Condition condition, bool variables)
    {
        var family = KeyFamily.Of(condition);
        if (family == KeyFamily.Presence)
            return condition;
        var opaque = family.OpaqueTexts(condition, variables).ToHashSet(StringComparer.Ordinal);
        var plain = condition.Name.Operator.Read([.. condition.Values.Where(text => !opaque.Contains(text))], variables);
        string[] named = [.. opaque.Select(text => KeyShapes.NameOf(condition, text))];
        return new(condition.Name, condition.Key, condition.Values, new SampledOperands(plain, IndexOf(family), named, _all));
    }

    private int IndexOf(KeyFamily family) => Families.TakeWhile(other => other != family).Count();

    private bool IsFriends(KeyValue value) => _friends.Any(friends => value.Texts.Any(text => friends.Compare(text, new RequestContext(null, 0)) == Conditions.Comparison.Yes));

    /// <summary>Texts of all families. Which of them are the same to the conditions comes out when they are tried.</summary>
    private IEnumerable<KeyValue> Real()
    {
        var shapes = Shapes();
        var isTyped = Families.Any(family => family.Reads(_type));
        var texts = isTyped && Families.Count == 1 ? [] : shapes.Readable.Concat(shapes.Classes().Select(found => found.Text));
        return Families.SelectMany(CandidatesOf).Concat(texts.Where(text => !isTyped || KeyTypes.IsOf(_type, text)))
            .Distinct(StringComparer.Ordinal).Select(text => new KeyValue([text], new HashSet<string>()));
    }

    /// <summary>
    /// Every combination of what the families may read and which texts with variables may match. That some of them are no text at all makes
    /// the set larger than it is, never smaller.
    /// </summary>
    private IEnumerable<KeyValue> StandIns()
    {
        var shapes = Shapes();
        foreach (var found in shapes.Classes())
        {
            foreach (var matched in Subsets.Of(shapes.Opaque(found), _limit))
            {
                foreach (var texts in found.Text.Length == 0 ? [[.. Families.Select(_ => "")]] : Combinations(found.Text))
                {
                    if (!_limit.TrySpend(_conditions.Length + WorkLimit.Kept))
                        yield break;
                    yield return new(texts, matched);
                }
            }
        }
    }

    private IEnumerable<IReadOnlyList<string>> Combinations(string text)
    {
        IEnumerable<IReadOnlyList<string>> combinations = [[]];
        foreach (var family in Families)
        {
            IReadOnlyList<string> candidates = family == KeyFamily.Text ? [text] : CandidatesOf(family);
            combinations = combinations.SelectMany(start => candidates.Select(candidate => (IReadOnlyList<string>)[.. start, candidate]));
        }
        return combinations;
    }

    private IReadOnlyList<string> CandidatesOf(KeyFamily family)
    {
        var operands = _conditions.Where(entry => KeyFamily.Of(entry.Condition) == family).SelectMany(entry => entry.Condition.Values).Distinct().ToArray();
        var candidates = family.Candidates(operands);
        return family == KeyFamily.Text || family.Reads(_type) ? candidates : [.. candidates, Unreadable];
    }

    private KeyShapes Shapes() => new(_conditions, _type, _reading, _limit);
}
