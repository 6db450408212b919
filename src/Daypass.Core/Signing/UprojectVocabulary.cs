namespace Daypass.Signing;

/// <summary>
/// The names and values that an action of the uproject dialect takes. Nothing delimits them in what clients sign, so whoever has read a request could
/// cut it up anew; which requests its text can be read as, <see cref="UprojectReadings"/> finds by these.
/// </summary>
public abstract class UprojectVocabulary
{
    private readonly Dictionary<string, Func<string, bool>?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _required = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lists = new(StringComparer.Ordinal);

    /// <summary>Knows what every call may have, and nothing of any action.</summary>
    protected UprojectVocabulary()
    {
        foreach (var name in Common)
            _values.Add(name, null);
    }

    /// <summary>What clients put into every call from their settings, whether the action has a use for it or not.</summary>
    public static IReadOnlyList<string> Common { get; } = ["ProjectId", "Region", "Zone"];

    /// <summary>The names that may stand in a request, but for members of lists.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The lists, whose members have a number behind the name.</summary>
    public IEnumerable<string> Lists => _lists;

    /// <summary>The names without which the action takes no call.</summary>
    public IReadOnlyCollection<string> Required => _required;

    /// <summary>The action has a parameter of this name.</summary>
    /// <param name="name">As it is sent. A member of a list (with a dot in it) is not learned by this.</param>
    public void Know(string name)
    {
        if (!IsMember(name))
            _values.TryAdd(name, null);
    }

    /// <summary>The action has a list of this name.</summary>
    /// <param name="name">Without a number.</param>
    public void KnowList(string name) => _lists.Add(name);

    /// <summary>The action takes only these values. What it asks for twice may be either.</summary>
    /// <param name="name">As in <see cref="Know"/>.</param>
    /// <param name="takes">Whether the action would take a value that is not empty.</param>
    public void Limit(string name, Func<string, bool> takes)
    {
        if (!IsMember(name))
            _values[name] = _values.TryGetValue(name, out var known) ? value => known?.Invoke(value) != false || takes(value) : takes;
    }

    /// <summary>The action takes only one of these words.</summary>
    /// <param name="name">As in <see cref="Know"/>.</param>
    /// <param name="words">The words, in their letter case.</param>
    public void LimitTo(string name, ReadOnlySpan<string> words)
    {
        var taken = words.ToArray();
        Limit(name, taken.Contains);
    }

    /// <summary>The action takes no call without it.</summary>
    /// <param name="name">As in <see cref="Know"/>.</param>
    public void Require(string name)
    {
        if (!IsMember(name))
            _required.Add(name);
    }

    /// <summary>Whether the action would take the value. Empty ones are as good as none.</summary>
    /// <param name="name">A name of a parameter, known or not.</param>
    /// <param name="value">What might be its value.</param>
    public bool Takes(string name, string value) => value.Length == 0 ? !_required.Contains(name) : !_values.TryGetValue(name, out var takes) || takes is null || takes(value);

    /// <summary>Which of two names at one place is read: negative for the first. The longer, if nothing else is known.</summary>
    /// <param name="at">The place in the signed text, in characters.</param>
    /// <param name="one">A name that stands there.</param>
    /// <param name="other">Another one that stands there.</param>
    public virtual int Compare(int at, string one, string other) => other.Length.CompareTo(one.Length);

    /// <summary>Whether the action has a parameter of this name.</summary>
    /// <param name="name">As it is sent.</param>
    protected bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Whether the action has a list of this name.</summary>
    /// <param name="name">Without a number.</param>
    protected bool HasList(string name) => _lists.Contains(name);

    /// <summary>A name as it is, members of lists and of objects too.</summary>
    /// <param name="name">As it is sent.</param>
    protected void KnowAsSent(string name) => _values.TryAdd(name, null);

    private static bool IsMember(string name) => name.Contains('.');
}
