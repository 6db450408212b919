namespace Daypass.Policies.Parsing;

/// <summary>A value of a policy's JSON with its place in the text.</summary>
internal sealed class JsonItem
{
    private static readonly OrderedDictionary<string, JsonItem> NoMembers = [];
    private static readonly List<JsonItem> NoItems = [];

    private OrderedDictionary<string, JsonItem>? _members;
    private List<JsonItem>? _items;

    public required JsonKind Kind { get; init; }

    /// <summary>Offset of the first character.</summary>
    public required int Start { get; init; }

    /// <summary>Offset just past the last character.</summary>
    public int End { get; set; }

    /// <summary>The text of a string, number or boolean.</summary>
    public string Text { get; init; } = "";

    /// <summary>The text as the document has it, if <see cref="Text"/> is a translation.</summary>
    public string? Original { get; init; }

    /// <summary>The members of an object, in order, their names unique.</summary>
    public OrderedDictionary<string, JsonItem> Members => Kind == JsonKind.Object ? _members ??= new(StringComparer.Ordinal) : NoMembers;

    /// <summary>Names that came again in an object, if such were let through; <see cref="Members"/> has their first values.</summary>
    public HashSet<string>? Repeated { get; set; }

    /// <summary>Whether some name came again, here or below.</summary>
    public bool HasRepeated => Repeated is not null || Members.Values.Any(member => member.HasRepeated) || Items.Exists(item => item.HasRepeated);

    /// <summary>The elements of an array.</summary>
    public List<JsonItem> Items => Kind == JsonKind.Array ? _items ??= [] : NoItems;

    /// <summary>The elements of an array, or the value alone: policies take either almost everywhere.</summary>
    public IReadOnlyList<JsonItem> OneOrMany => Kind == JsonKind.Array ? Items : [this];

    /// <summary>One without members and elements in the same place.</summary>
    public JsonItem EmptyCopy(JsonKind kind) => new() { Kind = kind, Start = Start, End = End, Repeated = Repeated };

    /// <summary>Another text in the same place.</summary>
    public JsonItem WithText(string text) => new() { Kind = JsonKind.Text, Start = Start, End = End, Text = text, Original = Original ?? Text };

    public JsonItem? this[string name] => Members.GetValueOrDefault(name);
}
