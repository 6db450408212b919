using System.Buffers;
using System.Diagnostics;
using System.Net;
using Daypass.Server.Dialects;
using Daypass.Server.Http;
using Daypass.Server.Telemetry;
using Daypass.Service.Pipeline;
using Daypass.Signing;
using Microsoft.AspNetCore.Http.Features;

namespace Daypass.Server;

/// <summary>
/// Where HTTP ends: reads a request whole, lets its dialect understand it, hands it to the pipeline and writes the answer. Owns no rule
/// of the API.
/// </summary>
internal sealed class ApiEndpoint(
    IReadOnlyList<IDialect> dialects, RequestPipeline pipeline, Throttle throttle, IEntropy entropy,
    RequestMetrics metrics, TimeProvider time, ILogger logger)
{
    private const int MostKept = 1024 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _output;

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (RefuseEarly(context))
            return;
        var dialect = DialectOf(request, []);
        var requestId = Identifiers.Uuid(entropy);
        var source = SourceOf(context);
        ApiAction? action = null;
        ApiAnswer answer;
        var isAdmitted = false;
        using var span = Spans.Source.StartActivity("request", ActivityKind.Server);
        var arrived = time.GetTimestamp();
        try
        {
            // Before the body is read: what makes no sense costs too.
            throttle.Admit(source);
            isAdmitted = true;
            var body = await RequestBody.ReadAsync(request, context.RequestAborted);
            // A client that sends slowly is not a slow server.
            arrived = time.GetTimestamp();
            if (body.Length > 0)
                dialect = DialectOf(request, body);
            var call = dialect.Parse(request, body);
            action = call.Action;
            // Once understood, a request is carried out and recorded, whether or not its client still waits for the answer.
            answer = await pipeline.HandleAsync(ToApiRequest(context, requestId, call, body), CancellationToken.None);
        }
        catch (ApiException refusal)
        {
            throttle.CountRefusal(source);
            answer = new ApiAnswer(null, refusal.Error);
            if (!isAdmitted && dialects.Any(one => one.MaySpeak(request)))
                dialect = DialectOf(request, RequestBody.Arrived(request));
        }
        catch (BadHttpRequestException fault) when (dialect.IsAlwaysOk)
        {
            throttle.CountRefusal(source);
            answer = new ApiAnswer(null, Errors.MalformedInput(
                fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"The body is longer than {RequestBody.MaxLength} bytes." : "The body could not be read.").Error);
        }
        metrics.Count(action, answer, time.GetElapsedTime(arrived));
        Tell(span, action, answer, requestId);
        await WriteAsync(context, dialect, action, answer, requestId);
    }

    private IDialect DialectOf(HttpRequest request, ReadOnlySpan<byte> body)
    {
        foreach (var dialect in dialects)
        {
            if (dialect.Speaks(request, body))
                return dialect;
        }
        throw new InvalidOperationException("The last dialect speaks to everybody.");
    }

    private void Tell(Activity? span, ApiAction? action, in ApiAnswer answer, string requestId)
    {
        if (answer.Error is { } error)
            Log.RequestRefused(logger, action?.Name ?? "unknown", error.Code, requestId);
        if (answer.Response is ITrailAnswer { MissingNodes: { Count: > 0 } missing })
            Log.TrailIncomplete(logger, string.Join(", ", missing.Select(node => $"{node.Node} ({node.Name})")), requestId);
        if (span is not null)
            Spans.Describe(span, action, answer.Error, requestId);
    }

    // What no client of ours sends: other methods, and the absolute target of a proxy request, whose host could differ from the signed one.
    private bool RefuseEarly(HttpContext context)
    {
        var request = context.Request;
        if (dialects.Any(dialect => dialect.Takes(request)))
        {
            if (RequestTarget.Of(context).StartsWith('/'))
                return false;
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return true;
        }
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, POST";
        return true;
    }

    private static ApiRequest ToApiRequest(HttpContext context, string requestId, in ParsedCall call, byte[] body) => new()
    {
        RequestId = requestId,
        Action = call.Action,
        Parameters = call.Parameters,
        Uproject = call.Uproject,
        Signable = new SignableRequest(context.Request.Method, RequestTarget.Of(context), new RequestHeaders(context.Request.Headers)),
        Body = body,
        SourceIp = SourceOf(context),
        IsSecure = context.Request.IsHttps,
        UserAgent = context.Request.Headers.UserAgent.ToString(),
        Host = context.Request.Headers.Host.ToString(),
        Tls = TlsDetails.Of(context),
    };

    // A dual-stack socket shows IPv4 callers as ::ffff:a.b.c.d; policies, rates and the trail know them as a.b.c.d.
    internal static IPAddress SourceOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is not { } address ? IPAddress.None : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static async Task WriteAsync(HttpContext context, IDialect dialect, ApiAction? action, ApiAnswer answer, string requestId)
    {
        var output = _output ??= new ArrayBufferWriter<byte>(8192);
        output.ResetWrittenCount();
        var response = context.Response;
        response.ContentType = dialect.Write(context.Request, action, answer, requestId, output);
        response.StatusCode = answer.Error is { } error ? dialect.StatusOf(error) : action?.Route?.Status ?? StatusCodes.Status200OK;
        response.Headers[dialect.RequestIdHeader] = requestId;
        if (answer.Response is ITrailAnswer { MissingNodes: { Count: > 0 } missing })
            response.Headers["x-daypass-missing-nodes"] = string.Join(", ", missing.Select(node => node.Node));
        if (answer.Error is { Status: 503 } or { Code: "Throttling" })
            response.Headers.RetryAfter = "1";
        response.ContentLength = output.WrittenCount;
        // Copied into Kestrel's own buffer before anything can suspend: the scratch buffer belongs to this thread.
        response.BodyWriter.Write(output.WrittenSpan);
        // One large answer must not leave its size behind with every thread.
        if (output.Capacity > MostKept)
            _output = null;
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
