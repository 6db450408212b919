using System.Globalization;
using System.Net;
using System.Text;
using Daypass.Service.Actions.SignIn;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Pipeline;

namespace Daypass.Server.SignIn;

/// <summary>
/// The pages of signing in with SAML: the roles to choose from, and the chosen one's session. No script, no cookie, nothing from elsewhere; every value is
/// escaped, because a provider, an administrator or a stranger chose it.
/// </summary>
internal static class SamlPages
{
    public static Task WriteChoiceAsync(HttpContext context, SignInChoice choice, string response)
    {
        var person = $"<p class=\"wrap\">Signed in as <strong>{Escaped(choice.Identity.Subject)}</strong> by <span class=\"quiet\">{Escaped(choice.Identity.Saml!.Issuer)}</span></p>";
        var body = choice.Accounts.Count == 0
            ? $"{person}\n<p>Your identity provider offers you no role here that lets you in. Ask whoever manages your access.</p>"
            : $"{person}\n{Waiting(choice)}\n<form method=\"post\" action=\"/saml/session\">\n{Hidden("SAMLResponse", response)}\n{Hidden("RelayState", choice.HandOver?.ToRelayState() ?? "")}\n{string.Join('\n', choice.Shown.Select(Account))}\n</form>";
        return WriteAsync(context, StatusCodes.Status200OK, choice.Accounts.Count == 0 ? "No role for you" : "Choose a role", body, choice.HandOver?.Port ?? 0);
    }

    public static Task WriteSessionAsync(HttpContext context, AssumeRoleWithSAML.Response issued, string? publicUrl)
    {
        var keys = issued.Credentials;
        (string Name, string Value)[] values = [("aws_access_key_id", keys.AccessKeyId), ("aws_secret_access_key", keys.SecretAccessKey), ("aws_session_token", keys.SessionToken)];
        IEnumerable<string> exports = values.Select(pair => $"export {pair.Name.ToUpperInvariant()}='{pair.Value}'");
        if (publicUrl is not null)
            exports = exports.Append($"export AWS_ENDPOINT_URL='{publicUrl}'");
        var body = $"""
            <p class="wrap">{Escaped(issued.AssumedRoleUser.Arn)}</p>
            <p class="quiet">Until {Time(keys.Expiration)}. These credentials are shown once; whoever has them is you.</p>
            <h2 id="shell">For a shell</h2>
            <pre tabindex="0" aria-labelledby="shell">{Escaped(string.Join('\n', exports))}</pre>
            <h2 id="file">For ~/.aws/credentials</h2>
            <pre tabindex="0" aria-labelledby="file">{Escaped("[daypass]\n" + string.Join('\n', values.Select(pair => $"{pair.Name} = {pair.Value}")))}</pre>
            """;
        return WriteAsync(context, StatusCodes.Status200OK, "Your session", body, 0);
    }

    public static Task WriteRefusalAsync(HttpContext context, ApiError error, string requestId) =>
        WriteAsync(context, error.Status, "You are not signed in", $"<p class=\"wrap\">{Escaped(error.Message)}</p>\n<p class=\"quiet wrap\">{Escaped(error.Code)}, request {Escaped(requestId)}</p>", 0);

    /// <summary>Keeps an answer out of caches, frames and other sites' referrers, and lets nothing run or load in it.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="port">Where on this machine the page's form leads in the end; null where there is no form, 0 for nowhere but here.</param>
    public static void Guard(HttpResponse response, int? port)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        var forms = port switch { null => "'none'", 0 => "'self'", _ => string.Create(CultureInfo.InvariantCulture, $"'self' http://127.0.0.1:{port}") };
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src {PageStyle.Source}; base-uri 'none'; form-action {forms}; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // With no referrer at all the form would come without its origin, and whoever forged one would look the same.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    private static string Waiting(SignInChoice choice) => choice.HandOver is null ? "" : $"<p class=\"note\">The command <b>daypass login</b> on this computer waits for your choice, and says the code <b>{choice.HandOver.CheckCode()}</b>. If you did not start it, or it says another code, close this window.</p>";

    private static string Account(ListOfferedRoles.Response account)
    {
        var id = account.Home.Account.ToString();
        var title = account.Home.Settings?.Alias is { } alias ? $"{Escaped(alias)} <span class=\"quiet\">{id}</span>" : $"Account {id}";
        return $"<section aria-labelledby=\"a{id}\">\n<h2 id=\"a{id}\">{title}</h2>\n<ul>\n{string.Join('\n', account.Roles.Select(role => Role(role, account.Identity.Provider)))}\n</ul>\n</section>";
    }

    private static string Role(OfferedRole offered, string provider) =>
        $"<li><button name=\"role\" value=\"{Escaped($"{offered.Arn},{provider}")}\"><b>{Escaped((offered.Role.Path + offered.Role.Name)[1..])}</b><span>{Length(offered.Duration)}</span></button></li>";

    private static string Length(int seconds)
    {
        var (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
        string?[] parts = [hours == 0 ? null : Count(hours, "hour"), minutes == 0 ? null : Count(minutes, "minute")];
        return string.Join(' ', parts.OfType<string>());
    }

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static string Hidden(string name, string value) => $"<input type=\"hidden\" name=\"{name}\" value=\"{Escaped(value)}\">";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static async Task WriteAsync(HttpContext context, int status, string title, string content, int port)
    {
        var product = SignInPages.ProductOf(context);
        var page = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} - {product}</title>
            <style>{PageStyle.Css}</style>
            </head>
            <body>
            <main>
            <p class="product">{product}</p>
            <h1>{title}</h1>
            {content}
            </main>
            </body>
            </html>

            """;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        Guard(context.Response, port);
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(page), context.RequestAborted);
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
