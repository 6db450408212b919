using System.Globalization;
using System.Text.Json;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>Responses as CloudTrail records them: lower camel names, US times, and no secret ever.</summary>
internal sealed class AuditShapeWriter(Utf8JsonWriter json) : JsonShapeWriter(json)
{
    public override void Time(string name, DateTimeOffset? value)
    {
        if (value is { } time)
            Json.WriteString(NameOf(name), time.UtcDateTime.ToString("MMM d, yyyy, h:mm:ss tt", CultureInfo.InvariantCulture));
    }

    public override void Secret(string name, string? value)
    {
    }

    /// <summary>CloudTrail lowers the first letter and nothing else: <c>sAMLAssertionID</c>.</summary>
    public static string LowerCamel(string name) => Known.TryGetValue(name, out var known) ? known : string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1));

    protected override string NameOf(string name) => LowerCamel(name);

    // The names of the hot paths, so that recording an issue makes no strings.
    private static readonly Dictionary<string, string> Known = new[]
    {
        "AccessKeyId", "Account", "Arn", "AssumedRoleId", "AssumedRoleUser", "Credentials", "DurationSeconds", "Expiration", "ExternalId", "PackedPolicySize",
        "Policy", "RoleArn", "RoleSessionName", "SessionToken", "SourceIdentity", "UserId",
    }.ToDictionary(name => name, name => char.ToLowerInvariant(name[0]) + name[1..], StringComparer.Ordinal);
}
