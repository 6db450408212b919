using System.Globalization;
using System.Net;
using System.Text;
using Daypass.Service.Actions.SignIn;
using Daypass.Service.Pipeline;

namespace Daypass.Server.SignIn;

/// <summary>
/// What a person sees who signs in: who they are, as what, until when. Plain pages: no script, no style, no cookie, nothing from elsewhere, and every
/// value is escaped.
/// </summary>
internal static class SignInPages
{
    public static async Task WriteAsync(HttpContext context, ApiAnswer answer, string requestId)
    {
        var page = answer.Response is ConsoleLogin.Response signedIn ? SignedIn(ProductOf(context), signedIn) : Refused(ProductOf(context), answer.Error!, requestId);
        context.Response.StatusCode = answer.Error?.Status ?? StatusCodes.Status200OK;
        context.Response.ContentType = "text/html; charset=utf-8";
        Guard(context.Response);
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(page), context.RequestAborted);
    }

    /// <summary>Keeps an answer out of caches, frames and referrers: its address holds a token, and it names somebody.</summary>
    public static void Guard(HttpResponse response)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    private static string SignedIn(string product, ConsoleLogin.Response signedIn)
    {
        var caller = signedIn.Caller;
        (string, string?)[] rows =
        [
            ("Account", caller.Home.Settings?.Alias is { } alias ? $"{caller.Account} ({alias})" : caller.Account.ToString()),
            ("Role", caller.Role?.Name),
            ("Session", caller.Session?.SessionName),
            ("Signed in as", caller.Arn),
            ("On behalf of", caller.Session?.SourceIdentity),
            ("Until", signedIn.Until.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)),
        ];
        var table = string.Join('\n', rows.Where(row => row.Item2 is not null).Select(row => $"<tr><th>{row.Item1}</th><td>{Escaped(row.Item2!)}</td></tr>"));
        var onward = signedIn.Destination is { } destination ? $"\n<p><a rel=\"noreferrer\" href=\"{Escaped(destination)}\">Go on to {Escaped(destination)}</a></p>" : "";
        return Page(product, "You are signed in", $"<table>\n{table}\n</table>{onward}");
    }

    private static string Refused(string product, ApiError error, string requestId) =>
        Page(product, "You are not signed in", $"<p>{Escaped(error.Message)}</p>\n<p>{Escaped(error.Code)}, request {Escaped(requestId)}</p>");

    private static string Page(string product, string title, string content) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>{title} - {product}</title></head>
        <body>
        <h1>{title}</h1>
        {content}
        </body>
        </html>

        """;

    /// <summary>What the product is called, ready for a page.</summary>
    public static string ProductOf(HttpContext context) => Escaped((context.Features.Get<Brand>() ?? new Brand()).ProductName);

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
