namespace Daypass.Policies.Comparing;

/// <summary>A product of sets, one of each dimension: what one statement is about, and what is left when another is taken off.</summary>
internal sealed class Box(Bits[] sides)
{
    public int Dimensions => sides.Length;

    public int Words => sides.Sum(side => side.Words);

    public Bits this[int dimension] => sides[dimension];

    public bool IsEmpty => Array.Exists(sides, side => side.IsEmpty);

    public bool Meets(Box other)
    {
        for (var i = 0; i < sides.Length; i++)
        {
            if (!sides[i].Meets(other[i]))
                return false;
        }
        return true;
    }

    /// <summary>In how many dimensions it sticks out of another.</summary>
    public int CountOutside(Box other)
    {
        var count = 0;
        for (var i = 0; i < sides.Length; i++)
        {
            if (!sides[i].IsWithin(other[i]))
                count++;
        }
        return count;
    }

    public Box And(Box other) => new([.. sides.Select((side, i) => side.And(other[i]))]);

    /// <summary>The parts of this box outside of another, none of which meets the next.</summary>
    public IEnumerable<Box> Without(Box other)
    {
        var rest = (Bits[])sides.Clone();
        for (var i = 0; i < rest.Length; i++)
        {
            var outside = rest[i].Without(other[i]);
            if (outside.IsEmpty)
                continue;
            var part = (Bits[])rest.Clone();
            part[i] = outside;
            yield return new(part);
            rest[i] = rest[i].And(other[i]);
        }
    }
}
