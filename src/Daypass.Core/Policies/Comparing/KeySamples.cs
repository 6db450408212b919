using Daypass.Policies.Conditions;

namespace Daypass.Policies.Comparing;

/// <summary>The classes of one condition key: missing, each kind of single value, and lists if the key may have them.</summary>
internal sealed class KeySamples
{
    private readonly string _key;
    private readonly Reading _reading;
    private readonly WorkLimit _limit;
    private readonly KeyRow[] _rows;
    private readonly Condition[] _conditions;
    private readonly HashSet<int> _about;
    private readonly KeyValues _values;

    public KeySamples(string key, IReadOnlyList<Row> rows, Reading reading, WorkLimit limit)
    {
        (_key, _reading, _limit) = (key, reading, limit);
        KeyRow[] written = [.. rows.Select((row, index) => KeyRow.Of(row, index, key)).Where(row => row.Conditions.Length > 0)];
        _values = new KeyValues(key, written, reading, limit);
        _rows = reading.IsAbstract ? [.. written.Select(_values.Abstracted)] : written;
        _conditions = [.. _rows.SelectMany(row => row.Conditions)];
        _about = [.. _rows.Select(row => row.Index)];
        Families = _values.Families.Count;
        HasLists = KeyTypes.IsMultivalued(key) || written.Any(row => row.Conditions.Any(condition => condition.Name.Set != SetMode.None));
    }

    /// <summary>How many families of operators read the key. What one text is to more than one of them is not known of stand-ins.</summary>
    public int Families { get; }

    private bool HasLists { get; }

    public void Fill(Dimension dimension)
    {
        if (_reading.Values is { } fixedValues && _reading.IsFixed(_key))
        {
            Add(dimension, fixedValues.TryGet(_key, out var value) ? value : null);
            return;
        }
        Add(dimension, null);
        var values = _values.All();
        for (var i = 0; i < values.Count; i++)
            Add(dimension, new ContextValue(_reading.IsAbstract ? KeyValues.NumberOf(i) : values[i].Texts[0]));
        if (HasLists)
            AddLists(dimension, values);
    }

    /// <summary>
    /// Lists by what each condition says of them. A longer list is looked at only if the shorter was the first of which just this is said, since
    /// what is said of a list and one more value depends on that value and on what was said of the list.
    /// </summary>
    private void AddLists(Dimension dimension, IReadOnlyList<KeyValue> values)
    {
        Add(dimension, new ContextValue(Array.Empty<string>()));
        var seen = new HashSet<int[]>(IntsComparer.Instance);
        var open = new Queue<int[]>();
        for (var i = 0; i < values.Count; i++)
        {
            // A list of one empty text is taken for an empty list, which no longer list is.
            if (values[i].IsEmptyText)
                Add(dimension, ListOf(values, [i]));
            open.Enqueue(values[i].IsEmptyText ? [i, i] : [i]);
        }
        while (open.TryDequeue(out var list))
        {
            var value = ListOf(values, list);
            if (!seen.Add(MetBy(value)))
                continue;
            Add(dimension, value);
            for (var i = 0; !_reading.IsQuick && i < values.Count && _limit.TrySpend(WorkLimit.Kept + list.Length + _conditions.Length); i++)
                open.Enqueue([.. list, i]);
        }
    }

    private ContextValue ListOf(IReadOnlyList<KeyValue> values, int[] list) =>
        new([.. list.Select(index => _reading.IsAbstract ? KeyValues.NumberOf(index) : values[index].Texts[0])]);

    private int[] MetBy(ContextValue value) => [.. Enumerable.Range(0, _conditions.Length).Where(index => IsMet(_conditions[index], value))];

    private void Add(Dimension dimension, ContextValue? value)
    {
        if (!_limit.TrySpend(WorkLimit.Kept + _rows.Length + _conditions.Length))
            return;
        var met = _rows.Where(row => row.Conditions.All(condition => IsMet(condition, value))).Select(row => row.Index).ToHashSet();
        dimension.Add(new(_key, draft => Put(draft.Context, value)), row => !_about.Contains(row) || met.Contains(row));
    }

    private bool IsMet(Condition condition, ContextValue? value)
    {
        var context = new RequestContext(_reading.Values, capacity: 1);
        Put(context, value is { } sampled && _reading.IsAbstract ? _values.Plain(condition, sampled) : value);
        return condition.IsMet(context);
    }

    private void Put(RequestContext context, ContextValue? value)
    {
        if (value is { IsList: true } list)
            context.SetList(_key, list.Values);
        else if (value is { Single: { } single })
            context.Set(_key, single);
    }
}
