using System.Globalization;
using System.Text.Json;
using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>Makes CloudTrail's records of calls. Called by: the pipeline.</summary>
internal static class AuditRecords
{
    /// <summary>The version of the record format.</summary>
    public const string Version = "1.11";

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

    /// <summary>
    /// The event of a call that was refused, in the caller's account and in no other, as AWS has it: who may do nothing with a resource of
    /// somebody else must not be able to write into that one's trail, either.
    /// </summary>
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
            Resources = call.Response is IIssuesCredentials issued ? [.. call.Resources, new AuditResource("AWS::IAM::AccessKey", issued.IssuedAccessKeyId)] : call.Resources,
            Record = Write(call, trail, eventId, shared),
        };
    }

    private static byte[] Write(Call call, AccountId trail, string eventId, string? shared)
    {
        var scratch = AuditScratch.Begin();
        WriteRecord(scratch, call, trail, eventId, shared);
        return scratch.End();
    }

    private static void WriteRecord(AuditScratch scratch, Call call, AccountId trail, string eventId, string? shared)
    {
        var (request, json) = (call.Request, scratch.Json);
        json.WriteStartObject();
        json.WriteString("eventVersion"u8, Version);
        AuditIdentity.Write(json, call.Caller, trail);
        json.WriteString("eventTime"u8, call.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("eventSource"u8, request.Action.Service.EventSource);
        json.WriteString("eventName"u8, request.Action.Name);
        json.WriteString("awsRegion"u8, Regions.Default);
        json.WriteString("sourceIPAddress"u8, request.SourceIp.ToString());
        json.WriteString("userAgent"u8, AuditLimits.Cut(request.UserAgent));
        if (call.Error is { } error)
        {
            json.WriteString("errorCode"u8, request.Action.Service.CodeOf(error));
            json.WriteString("errorMessage"u8, AuditLimits.Cut(error.Message));
        }
        WriteElements(scratch, call, isOwn: trail == call.Caller.Account);
        json.WriteString("requestID"u8, request.RequestId);
        json.WriteString("eventID"u8, eventId);
        json.WriteBoolean("readOnly"u8, request.Action.IsReadOnly);
        WriteResources(json, call.Resources);
        json.WriteString("eventType"u8, request.Action.EventType);
        json.WriteBoolean("managementEvent"u8, true);
        json.WriteString("recipientAccountId"u8, trail.ToString());
        if (shared is not null)
            json.WriteString("sharedEventID"u8, shared);
        json.WriteString("eventCategory"u8, "Management"u8);
        WriteTls(json, request);
        json.WriteEndObject();
    }

    private static void WriteElements(AuditScratch scratch, Call call, bool isOwn)
    {
        var cut = AuditParameters.Write(scratch, call.Request.Action, call.Request.Parameters, call.Caller) ? AuditAdditions.Cut.RequestParameters : AuditAdditions.Cut.Nothing;
        if (WriteResponse(scratch, call.Response))
            cut |= AuditAdditions.Cut.ResponseElements;
        // Only where the policies are: what is wrong with them concerns nobody else.
        AuditAdditions.Write(scratch, isOwn
            ? new AuditAdditions.Facts(call.Request.Action.Service.Dialect, call.Request.OAuthGrant, call.Caller.Federated, call.Denial, call.Request.Parameters.Written, call.Response as IAddsToRecord, cut)
            : new AuditAdditions.Facts(call.Request.Action.Service.Dialect, call.Request.OAuthGrant, null, null, null, null, cut));
    }

    private static bool WriteResponse(AuditScratch scratch, IShape? response)
    {
        if (response is null or Nothing)
        {
            scratch.Json.WriteNull("responseElements"u8);
            return false;
        }
        scratch.Json.WriteStartObject("responseElements"u8);
        scratch.Limited.Begin(AuditLimits.Elements);
        response.Write(scratch.Shapes);
        scratch.Json.WriteEndObject();
        return scratch.Limited.IsCut;
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

    // The host is what the client sent, whichever way it came. How the connection was encrypted is known only where it ends here.
    private static void WriteTls(Utf8JsonWriter json, ApiRequest request)
    {
        if (request.Tls is null && request.Host.Length == 0)
            return;
        json.WriteStartObject("tlsDetails"u8);
        if (request.Tls is { } tls)
        {
            json.WriteString("tlsVersion"u8, tls.Version);
            json.WriteString("cipherSuite"u8, tls.CipherSuite);
        }
        json.WriteString("clientProvidedHostHeader"u8, AuditLimits.Cut(request.Host));
        json.WriteEndObject();
    }
}
