namespace Daypass.Signing;

/// <summary>
/// The requests that one signed text can be read as. Of those that the action would take, the one counts whose values end soonest: so a request
/// in which a value has swallowed the parameters behind it is not carried out, whichever of the two was meant. A request that is read as it was sent
/// costs one search for each name.
/// </summary>
public sealed class UprojectReadings
{
    // Values that one search looks at, and places, beyond what it takes to read a request as it was sent. Only texts made for it need as many; they are refused.
    private const int MoreSteps = 1024;
    private const int MorePlaces = 4096;
    private const int StepsForEach = 4;

    // A long value takes more than one step to look at, and so do places that are passed over: what a search costs is in proportion to what was sent.
    private const int CharactersInStep = 1024;
    private const int PlacesInStep = 64;
    private const int MaxDigits = 4;
    private readonly (string Name, string Value)[] _fixed;
    private readonly string _text;
    private readonly UprojectVocabulary _vocabulary;
    private readonly UprojectRequest _signed;
    private readonly HashSet<string> _sought = new(StringComparer.Ordinal);
    private readonly List<Place> _places = [];
    private readonly List<Place> _path = [];
    private readonly int _maxSteps;
    private readonly int _maxPlaces;
    private int _steps;
    private int _passed;

    private readonly record struct Place(int At, string Name)
    {
        public int End => At + Name.Length;
    }

    private UprojectReadings(UprojectRequest signed, UprojectVocabulary vocabulary)
    {
        (_text, _signed, _vocabulary) = (signed.CanonicalText, signed, vocabulary);
        (_maxSteps, _maxPlaces) = (MoreSteps + StepsForEach * (signed.Signed.Count + _text.Length / CharactersInStep), MorePlaces + (MaxDigits + 1) * signed.Signed.Count);
        // With another action, key or token it would be another grammar, or another signature.
        _fixed = [("Action", signed.Action!), ("PublicKey", signed.PublicKey!), ("SecurityToken", signed.SecurityToken ?? "")];
        foreach (var (name, _) in _fixed)
            FindAll(name);
        foreach (var name in vocabulary.Names)
            FindAll(name);
        foreach (var name in signed.Nested)
            FindAll(name);
        foreach (var list in vocabulary.Lists)
            FindMembers(list + ".");
    }

    /// <summary>The first parameter of a request whose value ends sooner in the reading that counts; null when the request is that reading.</summary>
    /// <param name="signed">A request with an action and a key. Search is bounded: one that exceeds it counts as another reading.</param>
    /// <param name="vocabulary">What its action takes.</param>
    public static string? FindOther(UprojectRequest signed, UprojectVocabulary vocabulary)
    {
        var readings = new UprojectReadings(signed, vocabulary);
        return readings._places.Count == signed.Signed.Count ? null : readings.Search();
    }

    private string? Search()
    {
        // Nearest first.
        _places.Sort((one, other) => one.At != other.At ? one.At.CompareTo(other.At) : _vocabulary.Compare(one.At, one.Name, other.Name));
        var isFound = _places.Count > _maxPlaces;
        for (var first = 0; first < _places.Count && _places[first].At == 0 && !isFound; first++)
            isFound = Follow(first);
        for (var i = 0; i < _signed.Signed.Count; i++)
        {
            var (name, value) = _signed.Signed[i];
            if (!isFound || i >= _path.Count || _path[i].Name != name || EndOf(i) - _path[i].End != value.Length)
                return name;
        }
        return null;
    }

    private int EndOf(int step) => step + 1 < _path.Count ? _path[step + 1].At : _text.Length;

    // Depth first: the first whole reading is the one that counts.
    private bool Follow(int index)
    {
        var place = _places[index];
        _path.Add(place);
        for (var next = index + 1; next < _places.Count; next++)
        {
            var after = _places[next];
            if (++_passed % PlacesInStep == 0)
                _steps++;
            if (_steps > _maxSteps)
                return false;
            if (after.At >= place.End && string.CompareOrdinal(after.Name, place.Name) > 0 && IsTaken(place, after.At) && Follow(next))
                return true;
        }
        if (_steps <= _maxSteps && IsTaken(place, _text.Length) && IsWhole())
            return true;
        _path.RemoveAt(_path.Count - 1);
        return false;
    }

    private bool IsTaken(Place place, int end)
    {
        var value = _text.AsSpan(place.End, end - place.End);
        _steps += 1 + value.Length / CharactersInStep;
        foreach (var (name, fixedValue) in _fixed)
        {
            if (name == place.Name)
                return value.SequenceEqual(fixedValue);
        }
        return _vocabulary.Takes(place.Name, value.ToString());
    }

    private bool IsWhole() => _vocabulary.Required.All(HasOne) && _fixed.All(pair => pair.Value.Length == 0 || HasOne(pair.Name));

    private bool HasOne(string name) => _path.Exists(place => place.Name == name);

    private void FindAll(string name)
    {
        // An action may ask for what every call has, and for a list by its bare name.
        if (!_sought.Add(name))
            return;
        for (var at = _text.IndexOf(name, StringComparison.Ordinal); at >= 0 && _places.Count <= _maxPlaces; at = _text.IndexOf(name, at + 1, StringComparison.Ordinal))
            _places.Add(new Place(at, name));
    }

    // "L.12ab" may be the member 1 that is "2ab", or the member 12 that is "ab".
    private void FindMembers(string prefix)
    {
        for (var at = _text.IndexOf(prefix, StringComparison.Ordinal); at >= 0 && _places.Count <= _maxPlaces; at = _text.IndexOf(prefix, at + 1, StringComparison.Ordinal))
        {
            var digits = at + prefix.Length;
            for (var length = 1; length <= MaxDigits && digits + length <= _text.Length && char.IsAsciiDigit(_text[digits + length - 1]); length++)
            {
                if (length == 1 || _text[digits] != '0')
                    _places.Add(new Place(at, _text[at..(digits + length)]));
            }
        }
    }
}
