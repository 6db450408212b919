namespace Daypass.Policies.Parsing;

/// <summary>Statements put together from elements, each as wide as its type of policy knows.</summary>
internal static class StatementElements
{
    /// <summary>A Deny of everything, in the place of the given item.</summary>
    public static JsonItem Widest(PolicyType type, JsonItem place)
    {
        var statement = At(place);
        Add(statement, "Effect", "Deny");
        if (Legality.Of(type).Principal != Presence.Forbidden)
            Add(statement, "Principal", "*");
        Add(statement, "Action", "*");
        if (Legality.Of(type).Resource != Presence.Forbidden)
            Add(statement, "Resource", "*");
        return statement;
    }

    /// <summary>A statement that any reader takes, to try single elements of another one in.</summary>
    public static JsonItem Plain(PolicyType type, string effect)
    {
        var isEverything = type == PolicyType.ResourceControl && effect == "Allow";
        var statement = Widest(type, new JsonItem { Kind = JsonKind.Object, Start = 0 });
        statement.Members["Effect"] = Text(effect);
        statement.Members["Action"] = Text(type == PolicyType.Trust ? "sts:AssumeRole" : isEverything ? "*" : "s3:GetObject");
        return statement;
    }

    /// <summary>An empty statement in the place of another.</summary>
    public static JsonItem At(JsonItem place) => new() { Kind = JsonKind.Object, Start = place.Start, End = place.End };

    public static void Add(JsonItem statement, string name, string text) => statement.Members.Add(name, Text(text));

    private static JsonItem Text(string text) => new() { Kind = JsonKind.Text, Start = 0, Text = text };
}
