using Daypass.Policies.Matching;

namespace Daypass.Policies.Comparing;

/// <summary>
/// The classes of resources: <c>*</c> and ARNs, and any text if a pattern is of another form. Without values for variables, what a pattern with
/// variables matches is any part of what it could match, and the same part wherever the pattern is.
/// </summary>
internal sealed class ResourceSamples(IReadOnlyList<Row> rows, Reading reading, WorkLimit limit)
{
    private const string Anything = "*";

    private readonly RequestContext _context = reading.Context;
    private readonly int _cost = WorkLimit.Kept + rows.Sum(row => 1 + (row.Resources?.Length ?? 0));
    private readonly List<TextShape> _shapes = [];
    private readonly Dictionary<int[], int> _known = new(IntsComparer.Instance);
    private readonly Dictionary<string, List<int>> _opaque = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourcePattern, string> _opaqueTexts = [];

    public void Fill(Dimension resources)
    {
        ReadPatterns();
        if (!reading.IsAbstract)
            FillReadable(resources);
        Add(resources, Anything, _ => null);
        if (reading.IsQuick)
            return;
        foreach (var found in TextClasses.Of(_shapes, Domain(), limit))
            AddWithOpaque(resources, found);
    }

    private void ReadPatterns()
    {
        foreach (var row in rows)
        {
            foreach (var (pattern, text) in (row.Resources ?? []).Zip(row.ResourceTexts))
                Read(pattern, text);
        }
    }

    private void Read(ResourcePattern pattern, string text)
    {
        var shapes = new List<int>();
        if (pattern.Whole is { IsEverything: false } whole)
            AddShape(shapes, TextShape.Of(whole, reading.Values));
        if (!pattern.Fields.IsEmpty)
            AddShape(shapes, TextShape.Fields(pattern.Fields, reading.Values));
        if (!reading.IsAbstract || !pattern.HasVariables)
            return;
        _opaqueTexts[pattern] = text;
        _opaque[text] = shapes;
    }

    private void AddShape(List<int> shapes, TextShape? shape)
    {
        if (shape is null)
            return;
        if (_known.TryAdd(shape.Codes, _shapes.Count))
            _shapes.Add(shape);
        shapes.Add(_known[shape.Codes]);
    }

    private TextShape[] Domain()
    {
        var isUsual = rows.SelectMany(row => row.Resources is null ? [] : row.ResourceTexts).All(text => text == Anything || text.StartsWith("arn:", StringComparison.Ordinal));
        return isUsual ? [TextShape.Arn] : [];
    }

    private void FillReadable(Dimension resources)
    {
        Add(resources, Anything, _ => null);
        foreach (var text in rows.SelectMany(row => row.Resources is null ? [] : row.ResourceTexts))
        {
            if (text != Anything)
                Add(resources, Samples.FillArn(Resolved(text)), _ => null);
        }
        foreach (var service in rows.SelectMany(row => row.Actions).Select(action => action.Service).Append("example").Where(service => service.Length > 0).Distinct())
            Add(resources, Samples.ArnOf(service), _ => null);
    }

    private string Resolved(string text)
    {
        foreach (var (key, value) in _context.All)
            text = text.Replace($"${{{key}}}", value.Single, StringComparison.OrdinalIgnoreCase);
        return text;
    }

    /// <summary>Each choice of the patterns with variables that may match the text and do.</summary>
    private void AddWithOpaque(Dimension resources, TextClass found)
    {
        var possible = _opaque.Where(entry => entry.Value.Exists(shape => Array.BinarySearch(found.Shapes, shape) >= 0)).Select(entry => entry.Key).ToArray();
        foreach (var chosen in Subsets.Of(possible, limit))
            Add(resources, found.Text, pattern => _opaqueTexts.TryGetValue(pattern, out var text) ? chosen.Contains(text) : null);
    }

    private void Add(Dimension resources, string resource, Func<ResourcePattern, bool?> known)
    {
        if (limit.TrySpend(_cost))
            resources.Add(new(resource, draft => draft.Resource = resource), row => rows[row].IsAboutResource(resource, known, _context));
    }
}
