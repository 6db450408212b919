using System.Globalization;
using System.Text;
using Daypass.Server.Setup;
using Daypass.Server.Telemetry;
using Daypass.Service.Actions.SignIn;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;
using Daypass.Service.SignIn;
using Daypass.Service.Stores;

namespace Daypass.Server.SignIn;

/// <summary>
/// Where people of a SAML provider come in with a browser.
/// <code>
/// GET  /saml/login     begins: sends the browser to the provider
/// POST /saml           the provider's answer: a page with the roles that it offers
/// POST /saml/session   the choice: the role's session, on a page or to the program that waits for it
/// POST /saml/token     that program redeems the code that the browser brought it
/// GET  /saml/metadata  what the provider is told of this installation
/// </code>
/// No cookie and no state: what one step needs of the one before is in the response itself, which each step proves anew, or sealed.
/// </summary>
internal sealed class SamlEndpoint(SamlCalls calls, SamlProviders providers, Vault vault, Func<string?> signInUrl, Func<string?> publicUrl, Throttle throttle, IEntropy entropy, RequestMetrics metrics, TimeProvider time, ILogger logger)
{
    private const string Role = "role";

    private delegate Task Step(HttpContext context, string requestId);

    private readonly Dictionary<string, (string Method, string Name)> _paths = new(StringComparer.Ordinal)
    {
        ["/saml"] = ("POST", "SignIn"), ["/saml/login"] = ("GET", "BeginSignIn"), ["/saml/session"] = ("POST", "ChooseRole"), ["/saml/token"] = ("POST", nameof(RedeemHandOver)), ["/saml/metadata"] = ("GET", "Metadata"),
    };

    public static SamlEndpoint Make(
        RequestPipeline pipeline, DirectoryCache directories, Vault vault, PublicAddress address, Brand brand, ActionCatalog catalog, Throttle throttle, IEntropy entropy, RequestMetrics metrics, TimeProvider time, ILogger logger)
    {
        string? SignInUrl() => brand.SignInUrl(address.Current);
        var providers = new SamlProviders(directories, vault, entropy, time, SignInUrl);
        return new SamlEndpoint(new SamlCalls(pipeline, providers, catalog), providers, vault, SignInUrl, () => address.Current, throttle, entropy, metrics, time, logger);
    }

    public static bool Owns(PathString path) => path.Value is "/saml" || path.Value?.StartsWith("/saml/", StringComparison.Ordinal) == true;

    public async Task HandleAsync(HttpContext context)
    {
        var (requestId, source, arrived) = (Identifiers.Uuid(entropy), ApiEndpoint.SourceOf(context), time.GetTimestamp());
        var answer = default(ApiAnswer);
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        try
        {
            throttle.Admit(source);
            await StepOf(context)(context, requestId);
        }
        catch (ApiException refusal)
        {
            throttle.CountRefusal(source);
            answer = await RefuseAsync(context, refusal.Error, requestId);
        }
        catch (StoreUnavailableException)
        {
            answer = await RefuseAsync(context, Errors.StoreAway().Error, requestId);
        }
        metrics.Count(null, answer, time.GetElapsedTime(arrived));
    }

    private async Task<ApiAnswer> RefuseAsync(HttpContext context, ApiError error, string requestId)
    {
        var path = context.Request.Path.Value!;
        Log.RequestRefused(logger, _paths.TryGetValue(path, out var known) ? known.Name : "SignIn", error.Code, requestId);
        await (path == "/saml/token" ? WriteJsonAsync(context, error.Status, ("Error", error.Code), ("Message", error.Message)) : SamlPages.WriteRefusalAsync(context, error, requestId));
        return new ApiAnswer(null, error);
    }

    private Step StepOf(HttpContext context)
    {
        if (!_paths.TryGetValue(context.Request.Path.Value!, out var known))
            throw Errors.Service("NotFound", "There is nothing here.", StatusCodes.Status404NotFound);
        if (context.Request.Method != known.Method)
        {
            context.Response.Headers.Allow = known.Method;
            throw Errors.Service("InvalidMethod", known.Method == "POST" ? "Your identity provider sends you here when you have signed in: begin there." : $"Use {known.Method}.", StatusCodes.Status405MethodNotAllowed);
        }
        return known.Name switch
        {
            "BeginSignIn" => BeginAsync,
            "ChooseRole" => ChooseAsync,
            nameof(RedeemHandOver) => RedeemAsync,
            "Metadata" => WriteMetadataAsync,
            _ => ShowAsync,
        };
    }

    private async Task BeginAsync(HttpContext context, string requestId)
    {
        var query = SamlForm.ReadQuery(context);
        HandOver? handOver = null;
        if (query.ContainsKey("port") || query.ContainsKey("challenge"))
        {
            var mark = query.GetValueOrDefault(Role) is { Length: > 0 } role ? HandOver.MarkOf(role) : null;
            handOver = HandOver.TryMake(query.GetValueOrDefault("port"), query.GetValueOrDefault("challenge"), mark) ?? throw Errors.InvalidParameterValue("port and challenge must be a port and 43 characters of base64url.");
        }
        var url = await providers.AskAsync(query.GetValueOrDefault("provider"), handOver, ApiEndpoint.SourceOf(context), context.RequestAborted);
        SamlPages.Guard(context.Response, null);
        Redirect(context.Response, url, StatusCodes.Status302Found);
    }

    private async Task ShowAsync(HttpContext context, string requestId)
    {
        var form = await SamlForm.ReadBodyAsync(context.Request, context.RequestAborted);
        var (response, relayState) = (ResponseOf(form), form.GetValueOrDefault("RelayState"));
        // A program that names its role gets nothing yet, either: whoever makes a browser come here, and gets hold of where on its machine the answer goes, would
        // have what its person is offered without their ever seeing a page.
        await SamlPages.WriteChoiceAsync(context, await calls.LookAsync(context, requestId, response, relayState), response);
    }

    private async Task ChooseAsync(HttpContext context, string requestId)
    {
        RefuseOtherSites(context.Request);
        var form = await SamlForm.ReadBodyAsync(context.Request, context.RequestAborted);
        var response = ResponseOf(form);
        if (form.GetValueOrDefault(Role)?.Split(',') is not [var role, var provider])
            throw Errors.InvalidParameterValue("Choose a role.");
        var choice = await calls.LookAsync(context, requestId, response, form.GetValueOrDefault("RelayState"));
        await GiveAsync(context, requestId, response, choice, role, provider);
    }

    private async Task GiveAsync(HttpContext context, string requestId, string response, SignInChoice choice, string role, string provider)
    {
        var issued = await calls.ChooseAsync(context, requestId, response, choice, role, provider);
        if (choice.HandOver is not { } handOver)
        {
            await SamlPages.WriteSessionAsync(context, issued, publicUrl());
            return;
        }
        var code = vault.SealHandOver(new ShownSession(issued.Credentials.AccessKeyId, issued.Credentials.SessionToken), handOver.Challenge, time.GetUtcNow() + RedeemHandOver.Lifetime, entropy);
        SamlPages.Guard(context.Response, null);
        Redirect(context.Response, handOver.AddressWith(code), StatusCodes.Status303SeeOther);
    }

    private async Task RedeemAsync(HttpContext context, string requestId)
    {
        var form = await SamlForm.ReadBodyAsync(context.Request, context.RequestAborted);
        var redeemed = await calls.RedeemAsync(context, requestId, new HandedCode(form.GetValueOrDefault("code") ?? "", form.GetValueOrDefault("verifier") ?? ""));
        await WriteJsonAsync(context, StatusCodes.Status200OK, ("AssumedRoleArn", redeemed.Caller.Arn), ("AccessKeyId", redeemed.Session.AccessKeyId), ("SecretAccessKey", redeemed.Session.Secret),
            ("SessionToken", redeemed.Session.SessionToken), ("ExpiresIn", ((long)redeemed.Left.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
    }

    private async Task WriteMetadataAsync(HttpContext context, string requestId)
    {
        var own = signInUrl() ?? throw Errors.Service("NotFound", "This server does not know the address that others reach it by. Its operator sets it with --public-url.", StatusCodes.Status404NotFound);
        context.Response.ContentType = "application/samlmetadata+xml";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(SamlSignOn.Metadata(own)), context.RequestAborted);
    }

    // Only our own page has the buttons: another site must not choose for anybody, nor sign a browser in as somebody else unseen.
    private void RefuseOtherSites(HttpRequest request)
    {
        var (site, origin) = (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin.ToString());
        if (site.Length > 0 ? site != "same-origin" : origin.Length > 0 && origin != signInUrl())
            throw Errors.AccessDenied("A role is chosen on the page that lists them, and nowhere else.");
    }

    private static string ResponseOf(Dictionary<string, string> form) => form.GetValueOrDefault("SAMLResponse") ?? throw Errors.MalformedInput("There is no SAMLResponse.");

    private static void Redirect(HttpResponse response, string url, int status)
    {
        response.StatusCode = status;
        response.Headers.Location = url;
    }

    private static async Task WriteJsonAsync(HttpContext context, int status, params (string Name, string Value)[] members)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        SamlPages.Guard(context.Response, null);
        await context.Response.Body.WriteAsync(JsonText.Of(members), context.RequestAborted);
    }
}
