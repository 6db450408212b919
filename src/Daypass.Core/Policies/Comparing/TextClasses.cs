using Daypass.Policies.Matching;

namespace Daypass.Policies.Comparing;

/// <summary>
/// Finds one text of every combination of shapes that a text can be in: all shapes are walked at once, character by character, through
/// the states that their product reaches. What two texts of the same state are followed by makes no difference between them.
/// </summary>
internal sealed class TextClasses
{
    private const string Preferred = "abcdefghijklmnopqrstuvwxyz0123456789-_/";

    private readonly ShapeStates _shapes;
    private readonly int _domains;
    private readonly WorkLimit _limit;
    private readonly Dictionary<int[], int> _known = new(IntsComparer.Instance);
    private readonly List<(int[] State, int From, char By)> _found = [];

    private TextClasses(IReadOnlyList<TextShape> shapes, IReadOnlyList<TextShape> domain, WorkLimit limit)
    {
        _shapes = new([.. domain, .. shapes]);
        _domains = domain.Count;
        _limit = limit;
    }

    /// <summary>The classes; those that were found if the limit was met.</summary>
    /// <param name="shapes">The shapes to tell texts apart by.</param>
    /// <param name="domain">A text counts only if it is in one of these; empty for all texts.</param>
    /// <param name="limit">What the walk may cost.</param>
    public static IReadOnlyList<TextClass> Of(IReadOnlyList<TextShape> shapes, IReadOnlyList<TextShape> domain, WorkLimit limit) =>
        new TextClasses(shapes, domain, limit).Walk();

    private List<TextClass> Walk()
    {
        var classes = new List<TextClass>();
        var seen = new HashSet<int[]>(IntsComparer.Instance);
        Reach(_shapes.Start(), -1, default);
        for (var i = 0; i < _found.Count; i++)
        {
            var accepted = _shapes.Accepted(_found[i].State);
            if ((_domains == 0 || (accepted.Length > 0 && accepted[0] < _domains)) && seen.Add(WithoutDomain(accepted)))
                classes.Add(new(TextTo(i), WithoutDomain(accepted)));
            if (!_limit.TrySpend(WorkLimit.Kept) || !TryFollow(i))
                break;
        }
        return classes;
    }

    /// <summary>Characters that no shape expects here all lead to the same state, so one stands for them.</summary>
    private bool TryFollow(int index)
    {
        var state = _found[index].State;
        var expected = _shapes.Expected(state);
        expected.Add(Unexpected(expected));
        foreach (var character in expected)
        {
            if (!_limit.TrySpend(state.Length + 1))
                return false;
            Reach(_shapes.Next(state, character), index, character);
        }
        return true;
    }

    private void Reach(int[] state, int from, char by)
    {
        // States are sorted, so the domain's come first: if there are none, nothing that follows can count.
        if (_domains > 0 && (state.Length == 0 || _shapes.ShapeOf(state[0]) >= _domains))
            return;
        if (_known.TryAdd(state, _found.Count))
            _found.Add((state, from, by));
    }

    private static char Unexpected(SortedSet<char> expected)
    {
        foreach (var character in Preferred)
        {
            if (!expected.Contains(character))
                return character;
        }
        var other = '\u0100';
        while (expected.Contains(other))
            other++;
        return other;
    }

    private int[] WithoutDomain(int[] accepted) => [.. accepted.Where(shape => shape >= _domains).Select(shape => shape - _domains)];

    private string TextTo(int index)
    {
        var text = new System.Text.StringBuilder();
        for (; _found[index].From >= 0; index = _found[index].From)
            text.Insert(0, _found[index].By);
        return text.ToString();
    }
}
