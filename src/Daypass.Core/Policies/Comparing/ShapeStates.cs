using Daypass.Policies.Matching;

namespace Daypass.Policies.Comparing;

/// <summary>
/// Shapes as one automaton. A state is the set of places in them that a text may have led to, as sorted numbers: a shape of n codes has
/// n + 1 places, the last of which is its end.
/// </summary>
internal sealed class ShapeStates
{
    /// <summary>No character: what the end of a shape expects.</summary>
    private const int End = int.MinValue;

    private readonly int[] _codes;
    private readonly int[] _shapeOf;
    private readonly TextShape[] _shapes;

    public ShapeStates(TextShape[] shapes)
    {
        _shapes = shapes;
        _codes = [.. shapes.SelectMany(shape => shape.Codes.Append(End))];
        _shapeOf = [.. shapes.SelectMany((shape, index) => Enumerable.Repeat(index, shape.Codes.Length + 1))];
    }

    public int ShapeOf(int place) => _shapeOf[place];

    public int[] Start()
    {
        var places = new List<int>();
        var at = 0;
        foreach (var shape in _shapes)
        {
            Add(places, at);
            at += shape.Codes.Length + 1;
        }
        return Sorted(places);
    }

    public int[] Next(int[] state, char character)
    {
        var places = new List<int>(state.Length);
        foreach (var place in state)
        {
            var code = _codes[place];
            if (code == Glob.AnyRun || (code == TextShape.AnyRunInField && character != ':'))
                Add(places, place);
            else if (IsOne(place, code, character))
                Add(places, place + 1);
        }
        return Sorted(places);
    }

    /// <summary>The shapes that end here, ascending.</summary>
    public int[] Accepted(int[] state) => [.. state.Where(place => _codes[place] == End).Select(ShapeOf)];

    /// <summary>The characters that lead anywhere else than all others do.</summary>
    public SortedSet<char> Expected(int[] state)
    {
        var expected = new SortedSet<char>();
        foreach (var place in state)
        {
            var code = _codes[place];
            if (code is TextShape.AnyRunInField or TextShape.AnyOneInField)
                expected.Add(':');
            else if (code >= 0)
                AddCases(expected, (char)code, _shapes[ShapeOf(place)].IgnoreCase);
        }
        return expected;
    }

    private static void AddCases(SortedSet<char> expected, char character, bool ignoreCase)
    {
        expected.Add(character);
        if (!ignoreCase)
            return;
        expected.Add(char.ToLowerInvariant(character));
        expected.Add(char.ToUpperInvariant(character));
    }

    private bool IsOne(int place, int code, char character) => code switch
    {
        Glob.AnyOne => true,
        TextShape.AnyOneInField => character != ':',
        < 0 => false,
        _ => code == character || (_shapes[ShapeOf(place)].IgnoreCase && char.ToUpperInvariant((char)code) == char.ToUpperInvariant(character)),
    };

    /// <summary>A run may be of nothing, so the place behind it is reached with it.</summary>
    private void Add(List<int> places, int place)
    {
        places.Add(place);
        while (_codes[place] is Glob.AnyRun or TextShape.AnyRunInField)
            places.Add(++place);
    }

    private static int[] Sorted(List<int> places)
    {
        places.Sort();
        return [.. places.Distinct()];
    }
}
