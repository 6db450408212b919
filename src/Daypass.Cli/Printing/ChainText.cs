using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Printing;

/// <summary>The chain behind an event for people: who held each credential, the call that issued the next one, and at the end the event.</summary>
internal static class ChainText
{
    public static string Of(JsonObject answer)
    {
        JsonNode[] links = [.. (answer["Links"] as JsonArray ?? []).OfType<JsonNode>()];
        var text = new StringBuilder();
        if (answer["IsComplete"]?.ToString() != "true")
            text.Append("The call that issued the first of these credentials is not in the trail any more.\n");
        for (var i = 0; i < links.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i + 1}. {Holder(links[i])}\n     {Credential(links[i])}\n");
            text.Append(CultureInfo.InvariantCulture, $"   {(i + 1 < links.Length ? Issue(links[i + 1]) : Event(answer["Event"]))}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"Source identity: {Text(answer, "SourceIdentity") ?? "none was set"}");
        if (answer["MissingNodes"] is JsonArray { Count: > 0 } missing)
            text.Append(CultureInfo.InvariantCulture, $"\nEvents of these nodes may be missing: {string.Join(", ", missing.Select(node => node?.ToString()))}");
        return text.ToString();
    }

    private static string Holder(JsonNode link)
    {
        if (Text(link, "Arn") is { } arn)
            return arn;
        var who = Text(link, "PrincipalId") ?? "somebody";
        return Text(link, "Type") == "AWSAccount" ? $"{who} of account {Text(link, "AccountId")}" : $"{who} ({Text(link, "Type")})";
    }

    private static string Credential(JsonNode link)
    {
        List<string> parts = [KindOf(link)];
        if (Text(link, "MfaAuthenticated") is { } mfa)
            parts.Add(mfa == "true" ? "with MFA" : "without MFA");
        if (Text(link, "SourceIdentity") is { } source)
            parts.Add($"source identity {source}");
        return string.Join(", ", parts);
    }

    private static string KindOf(JsonNode link)
    {
        var id = Text(link, "AccessKeyId") is { } key ? $" {key}" : "";
        if (Text(link, "IssuedTime") is null)
            return Text(link, "Type") switch
            {
                "LDAPUser" or "SAMLUser" or "WebIdentityUser" => "vouched for by an identity provider",
                _ => $"access key{id}",
            };
        return $"session{id} since {Time(link, "IssuedTime")}";
    }

    // What only the other account's trail has is told by its time alone.
    private static string Issue(JsonNode link)
    {
        var call = Text(link, "IssuedByEventName") ?? "a call of another account";
        var text = new StringBuilder($"-> {call}");
        if (Text(link, "IssuedByEventId") is { } id)
            text.Append($", event {id}");
        if (Text(link, "IssuedBySharedEventId") is { } shared)
            text.Append($", shared event {shared}");
        if (Text(link, "MfaSerialNumber") is { } device)
            text.Append($", MFA device {device}");
        return text.ToString();
    }

    private static string Event(JsonNode? traced) =>
        $"-> {Text(traced, "EventName")} of {Text(traced, "EventSource")} at {Time(traced, "EventTime")}, event {Text(traced, "EventId")}{(Text(traced, "ErrorCode") is { } code ? $": refused, {code}" : "")}";

    private static string? Text(JsonNode? node, string name) => (node as JsonObject)?[name]?.ToString();

    private static string Time(JsonNode? node, string name) => (node as JsonObject)?[name] is JsonValue value && value.TryGetValue<double>(out var seconds)
        ? DateTimeOffset.FromUnixTimeSeconds((long)seconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : "-";
}
