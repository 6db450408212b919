using System.Globalization;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Api;

/// <summary>
/// The parameters of a call as a JSON object, which is what AWS JSON sends; the Query protocol's flat names
/// (<c>Tags.member.1.Key</c>) are another way to write the same tree.
/// </summary>
internal static class ParameterTree
{
    private const string Member = "member";
    private const int MaxItems = 1000;

    /// <summary>Puts one value under a flat name.</summary>
    public static void SetFlat(JsonObject tree, string flatName, string value)
    {
        JsonNode at = tree;
        var steps = flatName.Split('.').Where(step => step != Member).ToArray();
        for (var i = 0; i < steps.Length; i++)
        {
            var isLast = i == steps.Length - 1;
            var next = isLast ? (JsonNode)value : IsIndex(steps[i + 1]) ? new JsonArray() : new JsonObject();
            at = Descend(at, steps[i], next, isLast, flatName);
        }
    }

    /// <summary>The flat names and values, lists numbered from 1; an empty list is its name with an empty value.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Flatten(JsonNode? node, string name = "") => node switch
    {
        null => [],
        JsonObject members => members.SelectMany(member => Flatten(member.Value, name.Length == 0 ? member.Key : $"{name}.{member.Key}")),
        JsonArray { Count: 0 } => [KeyValuePair.Create(name, "")],
        JsonArray items => items.SelectMany((item, index) => Flatten(item, string.Create(CultureInfo.InvariantCulture, $"{name}.{Member}.{index + 1}"))),
        _ => [KeyValuePair.Create(name, node.ToString())],
    };

    private static bool IsIndex(string step) => step.Length > 0 && step.All(char.IsAsciiDigit);

    private static JsonNode Descend(JsonNode at, string step, JsonNode next, bool isLast, string flatName)
    {
        switch (at)
        {
            case JsonObject members when !IsIndex(step):
                if (members[step] is not { } member)
                    members[step] = member = next;
                else if (isLast)
                    throw new CommandException($"{flatName} is given twice.");
                return member;
            case JsonArray items when IsIndex(step) && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxItems:
                while (items.Count < number)
                    items.Add(null);
                return items[number - 1] ??= next;
            default:
                throw new CommandException($"{flatName} does not fit the other parameters: list items are numbered from 1, as in Tags.member.1.Key.");
        }
    }
}
