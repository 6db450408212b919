using System.Globalization;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Printing;

/// <summary>Ring keys as a table for people.</summary>
internal static class KeyTable
{
    private static readonly string[] Titles = ["PURPOSE", "KEY-ID", "STATE", "CREATED", "RETIRED", "MAY GO", "MASTER KEY"];

    public static IEnumerable<JsonNode> KeysIn(JsonObject result) => (result["Keys"] as JsonArray ?? []).OfType<JsonNode>();

    public static string Of(IEnumerable<JsonNode> keys) => TextTable.Of(Titles, keys.Select(Row));

    private static string[] Row(JsonNode key) =>
    [
        Text(key, "Purpose"), Text(key, "KeyId"), StateOf(key), Time(key, "CreatedTime"), Time(key, "RetiredTime"), Time(key, "MayGoTime"), Text(key, "MasterKey"),
    ];

    // A revoked key whose secrets are being sealed anew is not yet refused: who looks must see that it will be.
    private static string StateOf(JsonNode key) => key["RevokedTime"] is not null && Text(key, "State") == "DecryptOnly" ? "Revoked" : Text(key, "State");

    private static string Text(JsonNode key, string name) => key[name]?.ToString() ?? "-";

    private static string Time(JsonNode key, string name) => key[name] is JsonValue value && value.TryGetValue<double>(out var seconds)
        ? DateTimeOffset.FromUnixTimeSeconds((long)seconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : "-";
}
