using System.Globalization;
using System.Text.Json;
using Daypass.Names;
using Daypass.Reports;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Reports;

/// <summary>CloudTrail's records of data events. Who did it is from the ticket; all else is the service's word, and the record says so.</summary>
internal static class DataRecords
{
    /// <summary>The event in the caller's trail and, under one shared id, in a second one.</summary>
    public static IEnumerable<AuditEvent> Of(ReportedEvent said, ReportTicket ticket, AccountId? second, Reporter reporter, Scene scene)
    {
        var shared = second is null ? null : Identifiers.Uuid(scene.Entropy);
        yield return Make(said, ticket, ticket.Account, shared, reporter, scene);
        if (second is { } other)
            yield return Make(said, ticket, other, shared, reporter, scene);
    }

    private static AuditEvent Make(ReportedEvent said, ReportTicket ticket, AccountId trail, string? shared, Reporter reporter, Scene scene)
    {
        var isOwn = trail == ticket.Account;
        // A service's clock may be ahead; the trail's is not.
        var time = said.Time < scene.Now.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(said.Time) : scene.Now;
        var made = new AuditEvent
        {
            EventId = EventIds.Make(time, scene.Entropy),
            Account = trail,
            Time = time,
            EventName = said.Name,
            EventSource = reporter.EventSource,
            Username = isOwn ? ticket.Username : "",
            AccessKeyId = isOwn ? ticket.AccessKeyId : "",
            IsReadOnly = said.ReadOnly,
            Resources = said.Resource is { } resource ? [new AuditResource(TypeOf(resource), resource)] : [],
            Record = default,
        };
        return made with { Record = Write(made, said, isOwn ? ticket.Identity : ticket.ForeignIdentity, OwnerOf(said, ticket), shared, reporter, scene) };
    }

    private static byte[] Write(AuditEvent made, ReportedEvent said, string identity, AccountId owner, string? shared, Reporter reporter, Scene scene)
    {
        var scratch = AuditScratch.Begin();
        var json = scratch.Json;
        json.WriteStartObject();
        json.WriteString("eventVersion"u8, AuditRecords.Version);
        json.WritePropertyName("userIdentity"u8);
        json.WriteRawValue(identity, skipInputValidation: true);
        json.WriteString("eventTime"u8, Format(made.Time));
        json.WriteString("eventSource"u8, made.EventSource);
        json.WriteString("eventName"u8, made.EventName);
        json.WriteString("awsRegion"u8, reporter.Origin.Region);
        WriteReported(json, said);
        WriteReporter(json, said, reporter, scene);
        json.WriteString("requestID"u8, said.RequestId);
        json.WriteString("eventID"u8, made.EventId);
        json.WriteBoolean("readOnly"u8, made.IsReadOnly);
        WriteResources(json, made, owner);
        json.WriteString("eventType"u8, "AwsApiCall"u8);
        json.WriteBoolean("managementEvent"u8, false);
        json.WriteString("recipientAccountId"u8, made.Account.ToString());
        if (shared is not null)
            json.WriteString("sharedEventID"u8, shared);
        json.WriteString("eventCategory"u8, "Data"u8);
        json.WriteEndObject();
        return scratch.End();
    }

    private static void WriteReported(Utf8JsonWriter json, ReportedEvent said)
    {
        json.WriteString("sourceIPAddress"u8, said.SourceIp ?? "");
        json.WriteString("userAgent"u8, AuditLimits.Cut(said.UserAgent ?? ""));
        if (said.ErrorCode is not null)
            json.WriteString("errorCode"u8, said.ErrorCode);
        if (said.ErrorMessage is not null)
            json.WriteString("errorMessage"u8, AuditLimits.Cut(said.ErrorMessage));
        json.WriteNull("requestParameters"u8);
        json.WriteNull("responseElements"u8);
    }

    private static void WriteReporter(Utf8JsonWriter json, ReportedEvent said, Reporter reporter, Scene scene)
    {
        json.WriteStartObject("additionalEventData"u8);
        if (said.Dialect is not null)
            json.WriteString("dialect"u8, said.Dialect);
        json.WriteNumber("httpStatus"u8, said.Status);
        json.WriteStartObject("reportedBy"u8);
        WriteReporter(json, reporter, scene);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The members that say whose word a record is.</summary>
    public static void WriteReporter(Utf8JsonWriter json, Reporter reporter, Scene scene)
    {
        json.WriteString("arn"u8, reporter.Arn);
        json.WriteString("batchId"u8, reporter.BatchId);
        json.WriteString("receivedAt"u8, Format(scene.Now));
    }

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WriteResources(Utf8JsonWriter json, AuditEvent made, AccountId owner)
    {
        if (made.Resources is not [var resource])
            return;
        json.WriteStartArray("resources"u8);
        json.WriteStartObject();
        json.WriteString("accountId"u8, owner.ToString());
        json.WriteString("type"u8, resource.Type);
        json.WriteString("ARN"u8, resource.Name);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static AccountId OwnerOf(ReportedEvent said, ReportTicket ticket) => AccountId.TryParse(said.Owner, out var owner) ? owner : ticket.Account;

    // CloudTrail's types are CloudFormation's; of other services nobody knows any.
    private static string TypeOf(string resource) => !resource.StartsWith("arn:aws:s3:::", StringComparison.Ordinal) ? "Daypass::ProtectedResource"
        : resource.Contains('/', StringComparison.Ordinal) ? "AWS::S3::Object" : "AWS::S3::Bucket";
}
