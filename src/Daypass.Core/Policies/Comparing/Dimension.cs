namespace Daypass.Policies.Comparing;

/// <summary>
/// One part of requests (the action, the resource, a condition key...), as classes of values that no statement tells apart.
/// </summary>
internal sealed class Dimension(int statements)
{
    /// <summary>How many samples of a class are kept to choose from.</summary>
    private const int Choice = 8;

    private readonly Dictionary<int[], int> _classes = new(IntsComparer.Instance);
    private readonly List<int[]> _members = [];
    private readonly List<List<Sample>> _samples = [];

    public int Count => _samples.Count;

    /// <summary>Samples of a class, the best first.</summary>
    public IReadOnlyList<Sample> this[int index] => _samples[index];

    /// <summary>Adds a value; false if its class is known.</summary>
    /// <param name="sample">The value.</param>
    /// <param name="isMember">Which statements are about it.</param>
    public bool Add(Sample sample, Func<int, bool> isMember)
    {
        int[] members = [.. Enumerable.Range(0, statements).Where(isMember)];
        if (!_classes.TryGetValue(members, out var index))
        {
            _classes.Add(members, _samples.Count);
            _members.Add(members);
            _samples.Add([sample]);
            return true;
        }
        if (_samples[index].Count < Choice)
            _samples[index].Add(sample);
        return false;
    }

    /// <summary>The classes that a statement is about.</summary>
    public Bits SideOf(int statement) => Bits.Of(_members.Count, index => Array.BinarySearch(_members[index], statement) >= 0);
}
