using System.Globalization;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Printing;

/// <summary>Sessions and revocations for people.</summary>
internal static class SessionTable
{
    private static readonly string[] SessionTitles = ["SESSION", "WHO", "THROUGH", "SINCE", "UNTIL", "FROM", "SOURCE IDENTITY", "MFA"];
    private static readonly string[] RevocationTitles = ["KIND", "WHAT", "ISSUED BEFORE", "REVOKED BY", "REASON"];

    public static string Of(string action, JsonObject result) => action switch
    {
        "ListSessions" => Sessions(Items(result["Sessions"])),
        "ListRevocations" => Revocations(Items(result["Revocations"])),
        _ => $"{Revocations([result["Revocation"]!])}\nThese sessions are over at every node within a second, and at every protected service within five.",
    };

    private static string Sessions(IReadOnlyList<JsonNode> sessions) => sessions.Count == 0 ? "No session is live." : TextTable.Of(SessionTitles, sessions.Select(session => (string[])
    [
        Text(session, "AccessKeyId"), Text(session, "Arn"), string.Join(" > ", Items(session["Chain"]).Select(Link)), Time(session, "IssuedAt"), Time(session, "ExpiresAt"),
        Text(session, "SourceIpAddress"), Text(session, "SourceIdentity"), Time(session, "MfaAt"),
    ]));

    private static string Revocations(IReadOnlyList<JsonNode> revocations) => revocations.Count == 0 ? "Nothing is revoked." : TextTable.Of(RevocationTitles, revocations.Select(revocation => (string[])
    [
        Text(revocation, "Kind"), revocation["AccessKeyId"]?.ToString() ?? revocation["PrincipalArn"]?.ToString() ?? OfProvider(revocation) ?? Text(revocation, "SourceIdentity"),
        Time(revocation, "IssuedBefore"), Text(revocation, "RevokedBy"), Text(revocation, "Reason"),
    ]));

    private static string? OfProvider(JsonNode revocation) => revocation["ProviderArn"] is { } provider ? $"{provider} {revocation["Subject"]}".TrimEnd() : null;

    // Of the own account by name, of others by number and id.
    private static string Link(JsonNode link) =>
        link["PrincipalArn"]?.ToString() is { } arn ? arn[(arn.LastIndexOf(':') + 1)..] : Text(link, "Kind") == "Subject" ? Text(link, "PrincipalId") : $"{Text(link, "Account")}:{Text(link, "PrincipalId")}";

    private static IReadOnlyList<JsonNode> Items(JsonNode? list) => [.. (list as JsonArray ?? []).OfType<JsonNode>()];

    private static string Text(JsonNode node, string name) => node[name]?.ToString() ?? "-";

    private static string Time(JsonNode node, string name) => node[name] is JsonValue value && value.TryGetValue<double>(out var seconds)
        ? DateTimeOffset.FromUnixTimeSeconds((long)seconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : "-";
}
