using System.Globalization;
using System.Text.Json;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Keys;

/// <summary>The record, in the operator's trail, of what becomes of a key by itself.</summary>
internal static class KeyEvents
{
    private const string Source = "daypass";

    /// <summary>One event; none before there is an operator whose trail could have it.</summary>
    public static IReadOnlyList<AuditEvent> Of(KeyStep step, InstallationDirectory installation, DateTimeOffset now, IEntropy entropy)
    {
        if (!AccountId.TryParse(installation.Operator?.Id, out var account))
            return [];
        var id = Identifiers.Uuid(entropy);
        using var record = new MemoryStream();
        using (var json = new Utf8JsonWriter(record))
        {
            json.WriteStartObject();
            json.WriteString("eventVersion", AuditRecords.Version);
            json.WriteStartObject("userIdentity");
            json.WriteString("accountId", account.ToString());
            json.WriteString("invokedBy", Source);
            json.WriteEndObject();
            json.WriteString("eventTime", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("eventSource", Source);
            json.WriteString("eventName", step.Name);
            json.WriteString("awsRegion", Regions.Default);
            json.WriteString("sourceIPAddress", Source);
            json.WriteString("userAgent", Source);
            json.WriteNull("requestParameters");
            json.WriteNull("responseElements");
            json.WriteString("eventID", id);
            json.WriteBoolean("readOnly", false);
            json.WriteString("eventType", "AwsServiceEvent");
            json.WriteBoolean("managementEvent", true);
            json.WriteString("recipientAccountId", account.ToString());
            json.WriteStartObject("serviceEventDetails");
            json.WriteString("purpose", step.Key.Purpose);
            json.WriteString("keyId", step.Key.Id.ToString("X8", CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteString("eventCategory", "Management");
            json.WriteEndObject();
        }
        return [new AuditEvent { EventId = id, Account = account, Time = now, EventName = step.Name, EventSource = Source, IsReadOnly = false, Record = record.ToArray() }];
    }
}
