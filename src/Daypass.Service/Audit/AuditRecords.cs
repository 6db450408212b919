using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>Makes CloudTrail's records of calls. Called by: the pipeline.</summary>
internal static class AuditRecords
{
    /// <summary>The version of the record format.</summary>
    public const string Version = "1.11";

    [ThreadStatic]
    private static (System.Buffers.ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? _scratch;

    /// <summary>
    /// The events of a call that was allowed: one in the caller's account, and a second one, with the same shared id, in the account of
    /// a resource that belongs to somebody else.
    /// </summary>
    public static IReadOnlyList<AuditEvent> Of(ApiRequest request, Scene scene, IShape response, IReadOnlyList<AuditResource> resources, IEntropy entropy)
    {
        var caller = scene.Caller;
        var call = new Call(request, caller, request.Action.RecordsResponse ? response : null, null, resources, scene.Now);
        if (OtherOwner(resources, caller.Account) is not { } owner)
            return [Make(call, caller.Account, null, entropy)];
        var shared = Identifiers.Uuid(entropy);
        return [Make(call, caller.Account, shared, entropy), Make(call, owner, shared, entropy)];
    }

    /// <summary>The event of a call that was refused, in the caller's account.</summary>
    public static AuditEvent OfRefusal(ApiRequest request, Caller caller, ApiError error, Denial? denial, DateTimeOffset now, IEntropy entropy) =>
        Make(new Call(request, caller, null, error, [], now, denial), caller.Account, null, entropy);

    private sealed record Call(ApiRequest Request, Caller Caller, IShape? Response, ApiError? Error, IReadOnlyList<AuditResource> Resources, DateTimeOffset Now, Denial? Denial = null);

    private static AccountId? OtherOwner(IReadOnlyList<AuditResource> resources, AccountId account)
    {
        foreach (var resource in resources)
        {
            if (Arn.AccountIn(resource.Name) is { } owner && owner != account)
                return owner;
        }
        return null;
    }

    private static AuditEvent Make(Call call, AccountId trail, string? shared, IEntropy entropy)
    {
        var eventId = EventIds.Make(call.Now, entropy);
        return new AuditEvent
        {
            EventId = eventId,
            Account = trail,
            Time = call.Now,
            EventName = call.Request.Action.Name,
            EventSource = call.Request.Action.Service.EventSource,
            Username = AuditIdentity.UsernameOf(call.Caller, trail),
            AccessKeyId = trail == call.Caller.Account ? call.Caller.AccessKeyId : "",
            IsReadOnly = call.Request.Action.IsReadOnly,
            Resources = call.Resources,
            Record = Write(call, trail, eventId, shared),
        };
    }

    private static byte[] Write(Call call, AccountId trail, string eventId, string? shared)
    {
        var (buffer, json) = _scratch ??= Scratch();
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        WriteRecord(json, call, trail, eventId, shared);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static (System.Buffers.ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Scratch()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(2048);
        // The pipeline writes these by code of its own, so the writer need not check every step. Escaped is what JSON demands: a record
        // is never part of a page, and the plus signs of every session token would go as six characters each.
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    private static void WriteRecord(Utf8JsonWriter json, Call call, AccountId trail, string eventId, string? shared)
    {
        var request = call.Request;
        json.WriteStartObject();
        json.WriteString("eventVersion"u8, Version);
        AuditIdentity.Write(json, call.Caller, trail);
        json.WriteString("eventTime"u8, call.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("eventSource"u8, request.Action.Service.EventSource);
        json.WriteString("eventName"u8, request.Action.Name);
        json.WriteString("awsRegion"u8, Regions.Default);
        json.WriteString("sourceIPAddress"u8, request.SourceIp.ToString());
        json.WriteString("userAgent"u8, Limit(request.UserAgent));
        if (call.Error is { } error)
        {
            json.WriteString("errorCode"u8, error.Code);
            json.WriteString("errorMessage"u8, Limit(error.Message));
        }
        AuditParameters.Write(json, request.Action, request.Parameters, call.Caller.Session);
        WriteResponse(json, call.Response);
        // Only where the policies are: what is wrong with them concerns nobody else.
        if (trail == call.Caller.Account)
            AuditWarnings.Write(json, request.Parameters.Written, call.Denial);
        json.WriteString("requestID"u8, request.RequestId);
        json.WriteString("eventID"u8, eventId);
        json.WriteBoolean("readOnly"u8, request.Action.IsReadOnly);
        WriteResources(json, call.Resources);
        json.WriteString("eventType"u8, "AwsApiCall"u8);
        json.WriteBoolean("managementEvent"u8, true);
        json.WriteString("recipientAccountId"u8, trail.ToString());
        if (shared is not null)
            json.WriteString("sharedEventID"u8, shared);
        json.WriteString("eventCategory"u8, "Management"u8);
        WriteTls(json, request);
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, IShape? response)
    {
        if (response is null or Nothing)
        {
            json.WriteNull("responseElements"u8);
            return;
        }
        json.WriteStartObject("responseElements"u8);
        response.Write(new AuditShapeWriter(json));
        json.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter json, IReadOnlyList<AuditResource> resources)
    {
        if (resources.Count == 0)
            return;
        json.WriteStartArray("resources"u8);
        foreach (var resource in resources)
        {
            json.WriteStartObject();
            if (Arn.AccountIn(resource.Name) is { } owner)
                json.WriteString("accountId"u8, owner.ToString());
            json.WriteString("type"u8, resource.Type);
            json.WriteString("ARN"u8, resource.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTls(Utf8JsonWriter json, ApiRequest request)
    {
        if (request.Tls is not { } tls)
            return;
        json.WriteStartObject("tlsDetails"u8);
        json.WriteString("tlsVersion"u8, tls.Version);
        json.WriteString("cipherSuite"u8, tls.CipherSuite);
        json.WriteString("clientProvidedHostHeader"u8, Limit(request.Host));
        json.WriteEndObject();
    }

    // CloudTrail's limit for such fields is 1 KB.
    private static string Limit(string text) => text.Length <= 1024 ? text : text[..1024];
}
