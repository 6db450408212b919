using System.Text;
using Daypass.Server.Dialects;
using Daypass.Server.Http;
using Daypass.Server.Telemetry;
using Daypass.Service.Actions.SignIn;
using Daypass.Service.Pipeline;
using Daypass.Service.SignIn;
using Daypass.Signing;

namespace Daypass.Server.SignIn;

/// <summary>
/// The console federation endpoint, <c>/federation</c>: a program turns a session of its own into a sign-in token (<c>Action=getSigninToken</c>), a
/// person's browser signs in with that (<c>Action=login</c>). Reads and writes HTTP; the pipeline does the rest, as for every call. Nothing of a
/// query leaves here but what the two actions name: it holds secrets.
/// </summary>
internal sealed class FederationEndpoint(RequestPipeline pipeline, Throttle throttle, IEntropy entropy, RequestMetrics metrics, TimeProvider time, ILogger logger)
{
    private const string Path = "/federation";
    private const string FormType = "application/x-www-form-urlencoded";
    private const string Login = "login";
    private const string GetSigninToken = "getSigninToken";

    public static bool Owns(PathString path) => path.Value == Path;

    public async Task HandleAsync(HttpContext context)
    {
        var requestId = Identifiers.Uuid(entropy);
        var source = ApiEndpoint.SourceOf(context);
        var arrived = time.GetTimestamp();
        var isLogin = false;
        ApiAnswer answer;
        try
        {
            throttle.Admit(source);
            var wire = await ReadAsync(context);
            isLogin = wire.GetValueOrDefault("Action") == Login;
            answer = await pipeline.HandleAsync(ToApiRequest(context, requestId, wire), CancellationToken.None);
        }
        catch (ApiException refusal)
        {
            throttle.CountRefusal(source);
            answer = new ApiAnswer(null, refusal.Error);
        }
        metrics.Count(null, answer, time.GetElapsedTime(arrived));
        if (answer.Error is { } error)
            Log.RequestRefused(logger, isLogin ? nameof(ConsoleLogin) : GetSigninToken, error.Code, requestId);
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        await (isLogin ? SignInPages.WriteAsync(context, answer, requestId) : WriteJsonAsync(context, answer));
    }

    // Query and form alike, each name once: whoever checked the request before us may have believed the other value.
    private static async ValueTask<Dictionary<string, string>> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method))
            throw Errors.Service("InvalidMethod", "Use GET or POST.", StatusCodes.Status405MethodNotAllowed);
        var pairs = new List<KeyValuePair<string, string>>();
        var target = RequestTarget.Of(context);
        if (target.IndexOf('?', StringComparison.Ordinal) is > 0 and var mark)
            FormReader.Read(Encoding.UTF8.GetBytes(target[(mark + 1)..]), pairs);
        var body = await RequestBody.ReadAsync(request, context.RequestAborted);
        if (body.Length > 0)
        {
            if (request.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) != true)
                throw Errors.MalformedInput($"The body must be {FormType}.");
            FormReader.Read(body, pairs);
        }
        FormReader.RefuseDuplicates(pairs);
        return pairs.ToDictionary(StringComparer.Ordinal);
    }

    private static ApiRequest ToApiRequest(HttpContext context, string requestId, Dictionary<string, string> wire)
    {
        var (action, shown) = Understand(context.Request, wire);
        string[] named = action is ConsoleLogin ? ["Destination", "Issuer"] : ["SessionDuration"];
        return new ApiRequest
        {
            RequestId = requestId,
            Action = action,
            Parameters = new Parameters([.. named.Where(wire.ContainsKey).Select(name => KeyValuePair.Create(name, wire[name]))]),
            Shown = shown,
            // Without the query: it holds what the call is proven by.
            Signable = new SignableRequest(context.Request.Method, Path, new RequestHeaders(context.Request.Headers)),
            Body = default,
            SourceIp = ApiEndpoint.SourceOf(context),
            IsSecure = context.Request.IsHttps,
            UserAgent = context.Request.Headers.UserAgent.ToString(),
            Host = context.Request.Headers.Host.ToString(),
            Tls = TlsDetails.Of(context),
        };
    }

    private static (ApiAction Action, ShownProof Shown) Understand(HttpRequest request, Dictionary<string, string> wire) => wire.GetValueOrDefault("Action") switch
    {
        GetSigninToken => (SignInService.GetSigninToken, new ShownProof(SessionParameter.Read(wire.GetValueOrDefault("Session")), null)),
        // A browser that looks ahead would use the token up before its owner comes.
        Login when IsAhead(request) => throw Errors.AccessDenied("Links to sign in are not for looking ahead."),
        Login => (SignInService.ConsoleLogin, new ShownProof(null, wire.GetValueOrDefault("SigninToken") ?? throw Errors.InvalidSigninToken())),
        _ => throw Errors.InvalidParameterValue($"Action must be {GetSigninToken} or {Login}."),
    };

    private static bool IsAhead(HttpRequest request) =>
        request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)
        || request.Headers["Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase);

    private static async Task WriteJsonAsync(HttpContext context, ApiAnswer answer)
    {
        var text = answer.Response is GetSigninToken.Response issued ? JsonText.Of(("SigninToken", issued.Token)) : JsonText.Of(("Error", answer.Error!.Code), ("Message", answer.Error.Message));
        context.Response.StatusCode = answer.Error?.Status ?? StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        SignInPages.Guard(context.Response);
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }
}
