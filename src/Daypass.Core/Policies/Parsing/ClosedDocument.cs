namespace Daypass.Policies.Parsing;

/// <summary>What stands for a stored text that cannot be read: one Deny of everything for everybody.</summary>
internal static class ClosedDocument
{
    /// <summary>The stored text, with the statement of <see cref="Text"/> in place of its own.</summary>
    public static PolicyDocument Of(string text, PolicyType type, PolicySyntax syntax, PolicyError fault)
    {
        var source = new PolicySource(text);
        var whole = new JsonItem { Kind = JsonKind.Object, Start = 0, End = text.Length };
        var statement = StatementElements.Widest(type, whole);
        return new(text, type, syntax, new JsonItem { Kind = JsonKind.Object, Start = 0 }, [PolicyParser.Compile(source, new(statement), variables: false, isUnderstood: false)], fault)
        {
            IsClosed = true,
        };
    }

    /// <summary>The same as a text of its own.</summary>
    public static string Text(PolicyType type, PolicySyntax syntax) => $"{{\"Version\":\"{syntax.Versions[0]}\",\"Statement\":[{{\"Effect\":\"Deny\","
        + (Legality.Of(type).Principal == Presence.Forbidden ? "" : "\"Principal\":\"*\",")
        + (Legality.Of(type).Resource == Presence.Forbidden ? "\"Action\":\"sts:*\"" : "\"Action\":\"*\",\"Resource\":\"*\"") + "}]}";
}
