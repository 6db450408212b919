using System.Net;
using Daypass.AspNetCore.Leases;
using Daypass.AspNetCore.Requests;
using Daypass.Signing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Uproject;

/// <summary>From a request of the dialect to its caller, by Daypass's verdict. Nothing of the request is believed before that.</summary>
internal sealed class UprojectAuthenticator(IOptions<UprojectOptions> options, RequestVerdicts verdicts)
{
    private readonly UprojectOptions _options = options.Value;

    public static bool Concerns(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<UprojectApi>() is not null;

    public async ValueTask<(DaypassCaller? Caller, DaypassRefusal? Refusal)> AuthenticateAsync(HttpContext context, RequestFacts facts)
    {
        context.Features.Set(new UprojectExchange(_options.UrnPrefix));
        if (!facts.IsSecure && !_options.AllowPlainHttp && facts.SourceIp is { } source && !IPAddress.IsLoopback(source))
            return (null, Refusals.PlainHttp);
        var (request, fault) = await ReadAsync(context);
        if (request is null || (fault = FaultOf(request)) is not null)
            return (null, fault);
        var (lease, refusal) = await verdicts.AskAsync(request, facts.SourceIp, context.RequestAborted);
        if (lease is null)
            return (null, refusal);
        context.Features.Set(new UprojectCall(context, request));
        return (new DaypassCaller(request.PublicKey, lease, facts) { IsOfUproject = true, ProjectId = UprojectCall.ProjectOf(request) }, null);
    }

    /// <summary>Reads the parameters of query and body.</summary>
    public async ValueTask<(UprojectRequest? Request, DaypassRefusal? Refusal)> ReadAsync(HttpContext context)
    {
        if (await ReadBodyAsync(context, _options.MaxBodyLength) is not { } body)
            return (null, Refusals.BodyTooLong);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? target.AsSpan(mark + 1) : default;
        var request = UprojectRequest.TryRead(query, context.Request.ContentType, body, out var error);
        if (context.Features.Get<UprojectExchange>() is { } exchange)
            (exchange.Action, exchange.IsOfSession) = (request?.Action ?? "", UprojectRefusals.IsOfSession(request?.PublicKey, request?.SecurityToken));
        return request is null ? (null, Refusals.Of("InvalidParameterValue", error!.Message)) : (request, null);
    }

    private static DaypassRefusal? FaultOf(UprojectRequest request) => request switch
    {
        { Action: null or "" } => Refusals.Of("MissingAction", "Missing params [Action]"),
        { PublicKey: null or "" } => Refusals.Of("MissingParameter", "Missing params [PublicKey]"),
        { Signature: null or "" } => Refusals.Of("MissingAuthenticationToken", "Missing signature"),
        _ => null,
    };

    private static async ValueTask<byte[]?> ReadBodyAsync(HttpContext context, int longest)
    {
        if (context.Request.ContentLength > longest)
            return null;
        var whole = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        var buffer = new byte[4096];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var count and > 0)
        {
            if (whole.Length + count > longest)
                return null;
            whole.Write(buffer, 0, count);
        }
        return whole.ToArray();
    }
}
