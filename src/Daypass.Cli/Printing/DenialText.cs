using System.Text;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Printing;

/// <summary>
/// A decoded message for people: what was refused, by whom, the statement that decided or came nearest, and what each policy said. A protected
/// service writes its messages itself, so nothing is taken for granted of what is in them.
/// </summary>
internal sealed class DenialText
{
    private readonly StringBuilder _text = new();

    private DenialText()
    {
    }

    public static string Of(JsonObject decoded)
    {
        var text = new DenialText();
        text.Write(decoded);
        return text._text.ToString().TrimEnd('\n');
    }

    private void Write(JsonObject decoded)
    {
        var (context, trace, reporter) = (decoded["context"], decoded["trace"] as JsonObject, decoded["reportedBy"]);
        Line($"Denied: {Text(context, "principal", "arn")} {Text(context, "action")} {Text(context, "resource")}");
        Line($"reported by {Text(reporter, "service")}{Optional(" in ", Text(reporter, "region"))}{Optional(" of account ", Text(reporter, "account"))} at {Text(reporter, "time")}");
        if (Text(trace, "reason") is { Length: > 0 } reason)
            Line($"because: {reason}{Optional(" (", Text(trace, "policyType"), ")")}");
        if (trace?["decisive"] is { } decisive)
            Line($"decided by {PlaceOf(decisive)}");
        if (trace?["nearest"] is { } nearest)
            Line($"nearest: {PlaceOf(nearest)}, which lacks {Lacks(nearest)}");
        foreach (var set in Each(trace, "sets"))
            WriteSet(set);
        if (trace is null)
            Line("The trace was too long for the message.");
        if (Text(trace, "withheld") == "true")
            Line("policies of the other account: withheld");
    }

    private void WriteSet(JsonNode set)
    {
        Line($"{Text(set, "type")}{Optional(" level ", Text(set, "level"))}: {Text(set, "outcome")}{Optional(", naming the caller as ", Text(set, "namedAs"))}");
        foreach (var policy in Each(set, "policies"))
        {
            foreach (var statement in Each(policy, "statements"))
                Line($"  {Place(statement, Policy(policy))}: {(Text(statement, "matched") == "true" ? "applies" : $"lacks {Lacks(statement)}")}");
            if (Text(policy, "omitted") is { Length: > 0 } omitted)
                Line($"  {Policy(policy)}: {omitted} more");
        }
    }

    private static string PlaceOf(JsonNode statement) => Place(statement, Policy((statement as JsonObject)?["policy"]));

    private static string Policy(JsonNode? policy) => Text(policy, "arn") is { Length: > 0 } arn ? arn : Text(policy, "id");

    private static string Place(JsonNode? statement, string policy) =>
        $"{policy}, {Text(statement, "effect")}{Optional(" \"", Text(statement, "sid"), "\"")} (line {Text(statement, "line")}, column {Text(statement, "column")})";

    private static string Lacks(JsonNode? statement) => string.Join("; ", Each(statement, "lacks").Select(lack =>
        (Text(lack, "element") == "condition" ? $"{Text(lack, "operator")} {Text(lack, "key")} {Quoted(lack, "wanted")}" : $"a fitting {Text(lack, "element")}")
        + Optional(", the request has ", Quoted(lack, "found")) + Optional(", the request has no ", Values(lack, "missingKeys"))));

    // As the engine's own traces and the simulator write them.
    private static string Quoted(JsonNode? node, string name) => Each(node, name).Select(value => $"\"{Text(value)}\"").ToList() switch
    {
        [] => "",
        [var one] => one,
        var several => $"[{string.Join(", ", several)}]",
    };

    private static string Values(JsonNode? node, string name) => string.Join(", ", Each(node, name).Select(value => Text(value)));

    private static IEnumerable<JsonNode> Each(JsonNode? node, string name) => ((node as JsonObject)?[name] as JsonArray)?.OfType<JsonNode>() ?? [];

    private static string Text(JsonNode? node, params string[] path)
    {
        foreach (var name in path)
            node = (node as JsonObject)?[name];
        return node is JsonValue value ? value.ToString() : "";
    }

    private static string Optional(string before, string text, string after = "") => text.Length == 0 ? "" : $"{before}{text}{after}";

    // What others wrote must not move the terminal's cursor.
    private void Line(string line) => _text.Append(string.Concat(line.Select(character => char.IsControl(character) ? '?' : character))).Append('\n');
}
