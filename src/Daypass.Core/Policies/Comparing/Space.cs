using Daypass.Policies.Matching;

namespace Daypass.Policies.Comparing;

/// <summary>All requests, as a product of dimensions in which every row is a box.</summary>
internal sealed class Space
{
    private readonly List<Dimension> _dimensions = [];
    private readonly Box[] _boxes;
    private readonly RequestContext _values;
    private readonly int _resources;
    private readonly int _actions;

    public Space(IReadOnlyList<Row> rows, bool hasPrincipals, Reading reading, WorkLimit limit)
    {
        _values = reading.Context;
        _actions = Add(rows, actions => ActionSamples.Fill(actions, rows, reading, limit));
        _resources = Add(rows, resources => new ResourceSamples(rows, reading, limit).Fill(resources));
        if (hasPrincipals)
            Add(rows, principals => new PrincipalSamples(rows, limit).Fill(principals, reading.StrangersOnly));
        foreach (var key in KeysOf(rows))
        {
            var samples = new KeySamples(key, rows, reading, limit);
            Add(rows, samples.Fill);
        }
        _boxes = [.. Enumerable.Range(0, rows.Count).Select(row => new Box([.. _dimensions.Select(dimension => dimension.SideOf(row))]))];
    }

    /// <summary>The condition keys of rows, each in one spelling.</summary>
    public static IEnumerable<string> KeysOf(IEnumerable<Row> rows) =>
        rows.SelectMany(row => row.Conditions).Select(condition => condition.Key).Distinct(StringComparer.OrdinalIgnoreCase);

    public Box this[int row] => _boxes[row];

    /// <summary>A request in a box. The caller is as found; the owner of the resource is for the asker to say.</summary>
    public RequestDraft RequestIn(Box box)
    {
        var draft = new RequestDraft(_values);
        for (var i = 0; i < _dimensions.Count; i++)
        {
            if (i != _resources)
                _dimensions[i][box[i].First][0].Put(draft);
        }
        ResourceFor(_dimensions[_actions][box[_actions].First][0].Text, box[_resources]).Put(draft);
        return draft;
    }

    /// <summary>Of the action's service, if there is a choice.</summary>
    private Sample ResourceFor(string action, Bits classes)
    {
        var resources = _dimensions[_resources];
        var service = action[..action.IndexOf(':', StringComparison.Ordinal)];
        for (var i = 0; i < resources.Count; i++)
        {
            if (classes.Contains(i) && resources[i].FirstOrDefault(resource => IsOf(resource.Text, service)) is { } own)
                return own;
        }
        return resources[classes.First][0];
    }

    private static bool IsOf(string resource, string service)
    {
        var fields = new ArnFields(resource);
        return fields.IsArn && fields[2].Equals(service, StringComparison.OrdinalIgnoreCase);
    }

    private int Add(IReadOnlyList<Row> rows, Action<Dimension> fill)
    {
        var dimension = new Dimension(rows.Count);
        fill(dimension);
        _dimensions.Add(dimension);
        return _dimensions.Count - 1;
    }
}
