using System.Globalization;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Tour;

/// <summary>What one line can say of a CloudTrail event: when, what, who, through which role, and how it ended.</summary>
internal sealed record TrailEvent(DateTimeOffset Time, string Name, string Who, string Role, string Error)
{
    private const int WhoColumn = 45;

    public bool IsAllowed => Error.Length == 0;

    public string Line
    {
        get
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{Time:HH:mm:ss}  {Name,-18}  {(IsAllowed ? "allowed" : Error),-13}");
            return $"{line,-WhoColumn}{Who}{(Role.Length == 0 ? "" : $"\n{new string(' ', WhoColumn)}through {Role}")}";
        }
    }

    /// <summary>The events of one answer of LookupEvents, newest first.</summary>
    public static IReadOnlyList<TrailEvent> ReadAll(JsonNode answer) =>
        [.. answer["Events"]!.AsArray().Select(each => Read(JsonNode.Parse(each!["CloudTrailEvent"]!.ToString())!))];

    // A caller of another account is told by its account alone.
    private static TrailEvent Read(JsonNode record)
    {
        var identity = record["userIdentity"];
        return new TrailEvent(
            DateTimeOffset.Parse(record["eventTime"]!.ToString(), CultureInfo.InvariantCulture),
            record["eventName"]!.ToString(),
            identity?["arn"]?.ToString() ?? $"account {identity?["accountId"]}",
            identity?["sessionContext"]?["sessionIssuer"]?["arn"]?.ToString() ?? "",
            record["errorCode"]?.ToString() ?? "");
    }
}
