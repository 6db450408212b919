using Daypass.Policies.Conditions;

namespace Daypass.Policies.Parsing;

/// <summary>The form of a document: which elements there are and what kind of value each takes. Any fault is one message.</summary>
internal static class SyntaxCheck
{
    /// <summary>What a document may hold.</summary>
    public static readonly string[] DocumentElements = ["Version", "Id", "Statement"];

    /// <summary>What a statement may hold.</summary>
    public static readonly string[] StatementElements =
        ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    /// <summary>The part that is at fault, or null.</summary>
    public static JsonItem? FaultIn(JsonItem document, PolicySyntax syntax)
    {
        if (document.Kind != JsonKind.Object)
            return document;
        return Unknown(document, DocumentElements)
            ?? Unless(document["Version"], version => IsVersionOrMissing(version, syntax), document)
            ?? Unless(document["Id"], IsTextOrMissing, document)
            ?? (document["Statement"] is { } statements ? FaultInStatements(statements, syntax) : document);
    }

    private static JsonItem? FaultInStatements(JsonItem statements, PolicySyntax syntax) =>
        statements is { Kind: JsonKind.Array, Items.Count: 0 } ? statements : First(statements.OneOrMany, statement => FaultInStatement(statement, syntax));

    /// <summary>Whether a name is one of a statement's elements.</summary>
    public static bool IsElement(string name) => StatementElements.Contains(name, StringComparer.Ordinal);

    private static JsonItem? FaultInStatement(JsonItem statement, PolicySyntax syntax)
    {
        if (statement.Kind != JsonKind.Object)
            return statement;
        return Unknown(statement, StatementElements)
            ?? Both(statement, "Action", "NotAction") ?? Both(statement, "Resource", "NotResource") ?? Both(statement, "Principal", "NotPrincipal")
            ?? Unless(statement["Sid"], IsTextOrMissing, statement)
            ?? Unless(statement["Effect"], IsEffect, statement)
            ?? FaultInTexts(statement["Action"] ?? statement["NotAction"])
            ?? FaultInTexts(statement["Resource"] ?? statement["NotResource"])
            ?? FaultInPrincipal(statement["Principal"] ?? statement["NotPrincipal"], syntax)
            ?? FaultInCondition(statement["Condition"]);
    }

    private static JsonItem? FaultInPrincipal(JsonItem? principal, PolicySyntax syntax) => principal switch
    {
        null or { Kind: JsonKind.Text, Text: "*" } => null,
        { Kind: JsonKind.Object } => Unknown(principal, syntax.PrincipalTypes) ?? First(principal.Members.Values, FaultInTexts),
        _ => principal,
    };

    private static JsonItem? FaultInCondition(JsonItem? condition)
    {
        if (condition is null)
            return null;
        if (condition.Kind != JsonKind.Object)
            return condition;
        foreach (var (name, keys) in condition.Members)
        {
            if (keys.Kind != JsonKind.Object || (keys.Members.Count > 0 && !OperatorName.TryParse(name, out _)) || HasKeyTwice(keys))
                return keys;
            if (First(keys.Members.Values, FaultInValues) is { } fault)
                return fault;
        }
        return null;
    }

    private static bool HasKeyTwice(JsonItem keys) =>
        PolicyChoices.TwoSpellingsOfOneKeyAreRefused
        && keys.Members.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() != keys.Members.Count;

    private static JsonItem? FaultInValues(JsonItem values) =>
        First(values.OneOrMany, value => value.Kind is JsonKind.Text or JsonKind.Number or JsonKind.Boolean ? null : value);

    private static JsonItem? FaultInTexts(JsonItem? texts) =>
        texts is null ? null : First(texts.OneOrMany, text => text.Kind == JsonKind.Text ? null : text);

    /// <summary>Another case of the two words is for a later check, with a message of its own.</summary>
    private static bool IsEffect(JsonItem? effect) =>
        effect is { Kind: JsonKind.Text } && (Is(effect, "Allow") || Is(effect, "Deny"));

    private static bool Is(JsonItem item, string word) => item.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a version is one of the syntax's, or left out.</summary>
    public static bool IsVersionOrMissing(JsonItem? version, PolicySyntax syntax) =>
        version is null || (version.Kind == JsonKind.Text && syntax.Versions.Contains(version.Text));

    private static bool IsTextOrMissing(JsonItem? item) => item is null or { Kind: JsonKind.Text };

    /// <summary>The first member that is not known.</summary>
    public static JsonItem? Unknown(JsonItem item, IReadOnlyList<string> known)
    {
        foreach (var (name, value) in item.Members)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                return value;
        }
        return null;
    }

    private static JsonItem? Both(JsonItem item, string name, string opposite) => item[name] is null ? null : item[opposite];

    private static JsonItem? Unless(JsonItem? item, Func<JsonItem?, bool> isRight, JsonItem parent) => isRight(item) ? null : item ?? parent;

    private static JsonItem? First(IEnumerable<JsonItem> items, Func<JsonItem, JsonItem?> fault)
    {
        foreach (var item in items)
        {
            if (fault(item) is { } found)
                return found;
        }
        return null;
    }
}
