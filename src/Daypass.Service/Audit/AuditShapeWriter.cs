using System.Globalization;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>Responses as CloudTrail records them: lower camel names, US times, no secret ever, and no more than the limit.</summary>
internal sealed class AuditShapeWriter(LimitedJson json) : ShapeWriter
{
    public override void Text(string name, string? value)
    {
        if (value is not null)
            json.Text(LowerCamel(name), value);
    }

    public override void Number(string name, long? value)
    {
        if (value is { } number)
            json.Number(LowerCamel(name), number);
    }

    public override void Flag(string name, bool? value)
    {
        if (value is { } flag)
            json.Flag(LowerCamel(name), flag);
    }

    public override void Time(string name, DateTimeOffset? value)
    {
        if (value is { } time)
            json.Text(LowerCamel(name), time.UtcDateTime.ToString("MMM d, yyyy, h:mm:ss tt", CultureInfo.InvariantCulture));
    }

    public override void ForRecord(string name, string value) => json.Text(name, value);

    public override void ForRecord(string name, IShape value) => Structure(name, value);

    public override void Secret(string name, string? value)
    {
    }

    public override void Structure(string name, IShape? value)
    {
        if (value is null || !json.TryStartObject(LowerCamel(name)))
            return;
        value.Write(this);
        json.EndObject();
    }

    public override void List(string name, IEnumerable<IShape>? values)
    {
        if (values is null || !json.TryStartArray(LowerCamel(name)))
            return;
        foreach (var value in values)
        {
            if (!json.TryStartObject())
                break;
            value.Write(this);
            json.EndObject();
        }
        json.EndArray();
    }

    public override void TextList(string name, IEnumerable<string>? values)
    {
        if (values is null || !json.TryStartArray(LowerCamel(name)))
            return;
        foreach (var value in values)
            json.Text(value);
        json.EndArray();
    }

    public override void NumberMap(string name, IEnumerable<KeyValuePair<string, long>> values)
    {
        if (!json.TryStartObject(LowerCamel(name)))
            return;
        foreach (var (key, value) in values)
            json.Number(key, value);
        json.EndObject();
    }

    public override void TextMap(string name, IEnumerable<KeyValuePair<string, string>>? values)
    {
        if (values is null || !json.TryStartObject(LowerCamel(name)))
            return;
        foreach (var (key, value) in values)
            json.Text(key, value);
        json.EndObject();
    }

    /// <summary>CloudTrail lowers the first letter and nothing else: <c>sAMLAssertionID</c>.</summary>
    public static string LowerCamel(string name) => Known.TryGetValue(name, out var known) ? known : string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1));

    // The names of the hot paths, so that recording an issue makes no strings.
    private static readonly Dictionary<string, string> Known = new[]
    {
        "AccessKeyId", "Account", "Arn", "AssumedRoleId", "AssumedRoleUser", "Credentials", "DurationSeconds", "Expiration", "ExternalId", "PackedPolicySize",
        "Policy", "RoleArn", "RoleSessionName", "RoleUrn", "SecurityToken", "SessionToken", "SourceIdentity", "UserId",
    }.ToDictionary(name => name, name => char.ToLowerInvariant(name[0]) + name[1..], StringComparer.Ordinal);
}
