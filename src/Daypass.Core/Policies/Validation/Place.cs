using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation;

/// <summary>A value of a policy's JSON with the way that leads to it.</summary>
internal sealed class Place(JsonItem item, Place? parent = null, PathElement? step = null)
{
    public JsonItem Json { get; } = item;

    /// <summary>The value as text; empty for arrays and objects.</summary>
    public string Text => Json.Text;

    public bool IsText => Json.Kind == JsonKind.Text;

    /// <summary>The member's name, if this is a member's value.</summary>
    public string Name => step?.Value ?? "";

    public Place? this[string name] => Json[name] is { } value ? new Place(value, this, PathElement.OfValue(name)) : null;

    public IEnumerable<Place> Members
    {
        get
        {
            foreach (var (name, value) in Json.Members)
                yield return new Place(value, this, PathElement.OfValue(name));
        }
    }

    /// <summary>The elements of an array, or the value alone.</summary>
    public IEnumerable<Place> OneOrMany
    {
        get
        {
            if (Json.Kind != JsonKind.Array)
                yield return this;
            for (var i = 0; i < Json.Items.Count; i++)
                yield return new Place(Json.Items[i], this, PathElement.OfIndex(i));
        }
    }

    public FindingLocation Locate(PolicySource source) => new(Path(step), source.At(Json.Start), source.At(Json.End));

    /// <summary>Where the member's name stands: the text before the colon before the value.</summary>
    public FindingLocation LocateKey(PolicySource source)
    {
        // What a translation added stands nowhere.
        if (Json.Start == 0)
            return Locate(source);
        var end = source.Text.LastIndexOf('"', Json.Start - 1) + 1;
        return new(Path(PathElement.OfKey(Name)), source.At(RawText.StartOfTextBefore(source.Text, end)), source.At(end));
    }

    /// <summary>Where a part of the text stands.</summary>
    public FindingLocation LocatePart(PolicySource source, int start, int length)
    {
        if (!IsText)
            return Locate(source);
        var from = RawText.Skip(source.Text, Json.Start + 1, start);
        return new([.. Path(step), PathElement.OfSubstring(start, length)], source.At(from), source.At(RawText.Skip(source.Text, from, length)));
    }

    private List<PathElement> Path(PathElement? last)
    {
        var path = new List<PathElement>();
        if (last is not null)
            path.Add(last);
        for (var at = parent; at?.Step is { } passed; at = at.Parent)
            path.Add(passed);
        path.Reverse();
        return path;
    }

    private PathElement? Step => step;

    private Place? Parent => parent;
}
