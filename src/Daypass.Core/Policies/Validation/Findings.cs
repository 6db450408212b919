using System.Globalization;
using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation;

/// <summary>Collects findings up to a limit for each type, so that a thousand suggestions cannot hide an error.</summary>
internal sealed class Findings(PolicySource source, int limit)
{
    private static readonly int Types = Enum.GetValues<FindingType>().Length;

    private readonly List<PolicyFinding> _found = [];
    private readonly int[] _counts = new int[Types];

    /// <summary>How many there were so far, shown or not.</summary>
    public int Count => _counts.Sum();

    /// <summary>Whether another finding of this kind would not be shown: then its details need no work.</summary>
    public bool IsFull(Issue issue) => _counts[(int)issue.Type] >= limit;

    public bool HasErrors => _counts[(int)FindingType.Error] > 0;

    /// <summary>About the value at a place, and perhaps others that it has to do with.</summary>
    public void Add(Issue issue, Place place, string details, params ReadOnlySpan<Place> others)
    {
        if (!Counts(issue))
            return;
        var locations = new List<FindingLocation>(1 + others.Length) { place.Locate(source) };
        foreach (var other in others)
            locations.Add(other.Locate(source));
        Add(issue, details, locations);
    }

    /// <summary>About the name of the member at a place.</summary>
    public void AddKey(Issue issue, Place place, string details)
    {
        if (Counts(issue))
            Add(issue, details, [place.LocateKey(source)]);
    }

    /// <summary>About a part of the text at a place.</summary>
    public void AddPart(Issue issue, Place place, int start, int length, string details)
    {
        if (Counts(issue))
            Add(issue, details, [place.LocatePart(source, start, length)]);
    }

    /// <summary>About one character, where there is no tree to point into.</summary>
    public void AddAt(Issue issue, TextPosition position, string details)
    {
        if (Counts(issue))
            Add(issue, details, [new FindingLocation([], position, source.At(Math.Min(position.Offset + 1, source.Text.Length)))]);
    }

    /// <summary>In the order of the text; with what was left out at the end.</summary>
    public IReadOnlyList<PolicyFinding> ToList()
    {
        PolicyFinding[] ordered = [.. _found.OrderBy(finding => finding.Locations[0].Start.Offset).ThenBy(finding => finding.Type)];
        var hidden = _counts.Sum(count => Math.Max(0, count - limit));
        if (hidden == 0)
            return ordered;
        var whole = new FindingLocation([], source.At(0), source.At(source.Text.Length));
        var details = string.Create(CultureInfo.InvariantCulture, $"{hidden} more findings are not shown. Mend those that are, and look again.");
        return [.. ordered, new PolicyFinding(Issues.FindingsNotShown.Type, Issues.FindingsNotShown.Code, details, [whole])];
    }

    private bool Counts(Issue issue) => ++_counts[(int)issue.Type] <= limit;

    private void Add(Issue issue, string details, IReadOnlyList<FindingLocation> locations) =>
        _found.Add(new PolicyFinding(issue.Type, issue.Code, details, locations));
}
