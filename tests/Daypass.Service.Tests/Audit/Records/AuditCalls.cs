using System.Net;
using System.Text.Json.Nodes;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Audit.Records;

/// <summary>Records of calls that were never made, from their parts.</summary>
internal static class AuditCalls
{
    private static readonly ActionCatalog Catalog = new();

    public static SessionClaims Session(ActionBench bench) => new()
    {
        Kind = SessionKind.User,
        Account = ActionBench.HomeAccount,
        PrincipalId = bench.Caller.UserId,
        SecretAccessKey = "secretEXAMPLE",
        IssuedAt = bench.Now,
        ExpiresAt = bench.Now.AddHours(1),
    };

    /// <summary>A request whose parameters the action has read.</summary>
    public static ApiRequest Request(string action, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var request = Unbound(action, parameters);
        request.Action.Bind(request.Parameters);
        return request;
    }

    /// <summary>A request that the action has not looked at.</summary>
    public static ApiRequest Unbound(string action, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        return new ApiRequest
        {
            RequestId = "00000000-0000-4000-8000-000000000000",
            Action = Catalog.All.Single(api => api.Name == action),
            Parameters = new Parameters([.. parameters.ToArray().Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]),
            Signable = new Signing.SignableRequest("POST", "/", NoHeaders.Instance),
            Body = default,
            SourceIp = IPAddress.Parse("192.0.2.7"),
            IsSecure = true,
            UserAgent = "test",
            Host = "sts.example.com",
        };
    }

    /// <summary>The record of a call that was refused.</summary>
    public static JsonNode Record(ActionBench bench, Caller caller, string action, params ReadOnlySpan<(string Name, string Value)> parameters) =>
        Refusal(Request(action, parameters), caller, Errors.AccessDenied("No.").Error, bench.Now);

    public static JsonNode Refusal(ApiRequest request, Caller caller, ApiError error, DateTimeOffset now) =>
        JsonNode.Parse(AuditRecords.OfRefusal(request, caller, error, null, now, new SeededEntropy()).Record.Span)!;
}

internal static class RecordTexts
{
    public static string Text(this JsonNode? node, string member) => node![member]!.GetValue<string>();
}
