using System.Globalization;
using System.Text.Json;
using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>
/// The record of what a service does by itself, with no caller: CloudTrail's AwsServiceEvent. Called by: provisioning, the life of keys,
/// restores.
/// </summary>
internal sealed record ServiceEvent
{
    /// <summary>The account whose trail it stands in.</summary>
    public required AccountId Trail { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Name { get; init; }

    /// <summary>The service that the event belongs to.</summary>
    public required string Source { get; init; }

    /// <summary>The service that acted.</summary>
    public required string InvokedBy { get; init; }

    /// <summary>Twelve digits of the account that it acted for; unset, the one of the trail.</summary>
    public string? ActsFor { get; init; }

    public IReadOnlyList<AuditResource> Resources { get; init; } = [];

    /// <summary>Writes the members of <c>serviceEventDetails</c>.</summary>
    public required Action<Utf8JsonWriter> Details { get; init; }

    public AuditEvent Make(IEntropy entropy)
    {
        var id = EventIds.Make(At, entropy);
        return new AuditEvent
        {
            EventId = id, Account = Trail, Time = At, EventName = Name, EventSource = Source, IsReadOnly = false, Resources = Resources, Record = Record(id),
        };
    }

    private byte[] Record(string id)
    {
        using var record = new MemoryStream();
        using (var json = new Utf8JsonWriter(record))
        {
            json.WriteStartObject();
            json.WriteString("eventVersion", AuditRecords.Version);
            json.WriteStartObject("userIdentity");
            json.WriteString("type", "AWSService");
            json.WriteString("accountId", ActsFor ?? Trail.ToString());
            json.WriteString("invokedBy", InvokedBy);
            json.WriteEndObject();
            json.WriteString("eventTime", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("eventSource", Source);
            json.WriteString("eventName", Name);
            json.WriteString("awsRegion", Regions.Default);
            json.WriteString("sourceIPAddress", InvokedBy);
            json.WriteString("userAgent", InvokedBy);
            json.WriteNull("requestParameters");
            json.WriteNull("responseElements");
            json.WriteString("eventID", id);
            json.WriteBoolean("readOnly", false);
            WriteResources(json);
            json.WriteString("eventType", "AwsServiceEvent");
            json.WriteBoolean("managementEvent", true);
            json.WriteString("recipientAccountId", Trail.ToString());
            json.WriteStartObject("serviceEventDetails");
            Details(json);
            json.WriteEndObject();
            json.WriteString("eventCategory", "Management");
            json.WriteEndObject();
        }
        return record.ToArray();
    }

    private void WriteResources(Utf8JsonWriter json)
    {
        if (Resources.Count == 0)
            return;
        json.WriteStartArray("resources");
        foreach (var resource in Resources)
        {
            json.WriteStartObject();
            json.WriteString("accountId", Trail.ToString());
            json.WriteString("type", resource.Type);
            json.WriteString("ARN", resource.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
