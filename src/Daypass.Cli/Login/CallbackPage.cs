using System.Security.Cryptography;
using System.Text;

namespace Daypass.Cli.Login;

/// <summary>What whoever comes back from signing in reads. Nothing of the visit is repeated, nothing runs, nothing is loaded.</summary>
internal static class CallbackPage
{
    private const string Style = "body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;color-scheme:light dark}h1{font-size:1.4rem}";

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    private static readonly Dictionary<int, (string Reason, string Title, string Text)> Pages = new()
    {
        [200] = ("OK", "Back to the terminal", "The terminal goes on from here and says how it went. You can close this window."),
        [400] = ("Bad Request", "Not understood", "This address waits for a browser that comes back from signing in."),
        [403] = ("Forbidden", "Not this sign-in", "This is not the answer to the sign-in that the terminal waits for. It goes on waiting."),
        [404] = ("Not Found", "Nothing here", "This address waits for a browser that comes back from signing in."),
        [410] = ("Gone", "Done already", "The terminal has its answer."),
    };

    public static byte[] Of(int status)
    {
        var (reason, title, text) = Pages[status];
        var body = Encoding.UTF8.GetBytes($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title} - Daypass</title><style>{Style}</style></head><body><h1>{title}</h1><p>{text}</p></body></html>\n");
        var head = $"HTTP/1.1 {status} {reason}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {body.Length}\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
            + $"Content-Security-Policy: default-src 'none'; style-src 'sha256-{StyleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\nConnection: close\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
