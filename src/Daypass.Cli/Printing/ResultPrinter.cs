using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Printing;

/// <summary>A result as people read it: indented JSON, times as ISO 8601, policy documents as JSON and not as text inside JSON.</summary>
internal static class ResultPrinter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] TimeEndings = ["Date", "Time", "Timestamp", "Expiration", "LastUsed", "Registered", "At", "IssuedBefore"];

    public static string Print(JsonNode result) => Readable("", result)!.ToJsonString(Indented);

    private static JsonNode? Readable(string name, JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Readable(member.Key, member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => Readable(name, item))]),
        JsonValue value when IsTime(name) && value.TryGetValue<long>(out var seconds) => TimeText(seconds),
        JsonValue value when name.EndsWith("Document", StringComparison.Ordinal) && value.TryGetValue<string>(out var text) => Document(text),
        _ => node?.DeepClone(),
    };

    private static bool IsTime(string name) => TimeEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));

    private static string TimeText(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonNode? Document(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
