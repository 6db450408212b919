using Daypass.Server.Dialects;
using Daypass.Server.Http;
using Daypass.Server.Setup;
using Daypass.Server.Telemetry;
using Daypass.Service.Pipeline;

namespace Daypass.Server.OAuth;

/// <summary>
/// The token endpoint for OAuth tools (RFC 8693), and the document that tells them of it (RFC 8414). Reads and writes HTTP; what is issued is decided by
/// the calls behind it. No page of another origin may read it: there are no CORS headers.
/// </summary>
internal sealed class TokenEndpoint(TokenExchange exchange, PublicAddress address, Throttle throttle, IEntropy entropy, RequestMetrics metrics, TimeProvider time, ILogger logger)
{
    public const string Path = "/oauth/token";
    private const string MetadataPath = "/.well-known/oauth-authorization-server";

    public static bool Owns(PathString path) => path.Value is Path or MetadataPath;

    public Task HandleAsync(HttpContext context) => context.Request.Path.Value == Path ? ExchangeAsync(context) : TellAsync(context);

    private async Task ExchangeAsync(HttpContext context)
    {
        var requestId = Identifiers.Uuid(entropy);
        var response = context.Response;
        response.Headers["x-amzn-RequestId"] = requestId;
        byte[] body;
        try
        {
            body = await exchange.RunAsync(context, requestId, await ReadAsync(context));
        }
        catch (OAuthException refusal)
        {
            Log.RequestRefused(logger, "TokenExchange", refusal.Error, requestId);
            response.StatusCode = refusal.Status;
            if (refusal.Status == StatusCodes.Status401Unauthorized)
                response.Headers.WWWAuthenticate = "Basic realm=\"Daypass\"";
            if (refusal.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
                response.Headers.RetryAfter = "1";
            if (refusal.Status == StatusCodes.Status405MethodNotAllowed)
                response.Headers.Allow = "POST";
            body = TokenAnswer.Of(refusal);
        }
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        await WriteAsync(context, body);
    }

    private async Task<TokenRequest> ReadAsync(HttpContext context)
    {
        var arrived = time.GetTimestamp();
        var source = ApiEndpoint.SourceOf(context);
        try
        {
            throttle.Admit(source);
            var request = context.Request;
            if (!HttpMethods.IsPost(request.Method))
                throw new OAuthException("invalid_request", "use POST", StatusCodes.Status405MethodNotAllowed);
            // RFC 6749, section 2.3.1 and 3.2: never in the URI, which everybody on the way writes into a log.
            if (request.QueryString.HasValue)
                throw OAuthException.InvalidRequest("parameters belong into the body, not into the URL");
            if (request.Headers.Authorization.Count > 0)
                throw OAuthException.InvalidClient();
            var body = await RequestBody.ReadAsync(request, context.RequestAborted);
            if (!AwsQuery.IsForm(request))
                throw OAuthException.InvalidRequest("the body must be application/x-www-form-urlencoded");
            return TokenRequest.Read(body);
        }
        catch (OAuthException)
        {
            throttle.CountRefusal(source);
            metrics.Count(null, new ApiAnswer(null, Errors.MalformedInput("").Error), time.GetElapsedTime(arrived));
            throw;
        }
        catch (ApiException refusal)
        {
            metrics.Count(null, new ApiAnswer(null, refusal.Error), time.GetElapsedTime(arrived));
            throw OAuthException.Of(refusal.Error);
        }
    }

    private Task TellAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }
        if (address.Current is not { } url)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return WriteAsync(context, TokenAnswer.Metadata(url));
    }

    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
