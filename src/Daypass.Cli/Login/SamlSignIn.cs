using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Login.Oidc;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Login;

/// <summary>
/// Lets a person sign in at a SAML provider and choose a role on the server's page. What the browser brings back is a code that only the secret of this
/// sign-in turns into the session, and that secret never leaves this process but for the server.
/// </summary>
internal sealed class SamlSignIn(Host host, LoginTerms terms)
{
    private const string Redirect = "http://127.0.0.1/";
    private const int MarkSize = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <exception cref="CommandException">Nobody came, or the server refuses.</exception>
    public async Task<IssuedSession> WithBrowserAsync(Browser browser, CancellationToken cancellationToken)
    {
        var verifier = Callback.Random();
        var challenge = Callback.ChallengeOf(verifier);
        await using var listener = CallbackListener.Start(Redirect, callback => callback.Has("state", challenge));
        await host.Error.WriteLineAsync($"The page will show the code {Callback.CheckCodeOf(challenge)}. If it shows another, close it: somebody else asks.");
        await browser.ShowAsync(Beginning(listener.Address.Port.ToString(CultureInfo.InvariantCulture), challenge));
        var callback = await listener.WaitAsync(Patience, host.Clock, cancellationToken);
        return await RedeemAsync(callback["code"] ?? throw new CommandException("The browser came back without a code."), verifier, cancellationToken);
    }

    private Uri Beginning(string port, string challenge)
    {
        if (terms.ProviderUrl is { } url)
            return OidcSignIn.WithQuery(url, [("RelayState", $"daypass.{port}.{challenge}{(terms.RoleArn is { } wanted ? "." + MarkOf(wanted) : "")}")]);
        List<(string, string)> parameters = [("provider", terms.SamlProvider!), ("port", port), ("challenge", challenge)];
        if (terms.RoleArn is { } role)
            parameters.Add(("role", role));
        return OidcSignIn.WithQuery(At("/saml/login"), parameters);
    }

    // RelayState has 80 bytes, which many a role's ARN is longer than.
    private static string MarkOf(string roleArn) => System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(roleArn)).AsSpan(0, MarkSize));

    private async Task<IssuedSession> RedeemAsync(string code, string verifier, CancellationToken cancellationToken)
    {
        using var http = new ProviderHttp();
        var asked = host.Clock.GetUtcNow();
        var (status, json) = await http.PostAsync(At("/saml/token"), [new("code", code), new("verifier", verifier)], cancellationToken);
        if (status != 200)
            throw CommandException.Refused("RedeemHandOver", new ApiFault(Text(json, "Error") ?? $"HTTP {status}", Text(json, "Message") ?? ""));
        return Text(json, "AccessKeyId") is { } id && Text(json, "SecretAccessKey") is { } secret && Text(json, "SessionToken") is { } token && Text(json, "AssumedRoleArn") is { } arn
            && long.TryParse(Text(json, "ExpiresIn"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? new IssuedSession(id, secret, token, asked.AddSeconds(seconds), arn)
                : throw new CommandException("The server's answer holds no temporary credentials.");
    }

    private Uri At(string path) => new(terms.Endpoint, path);

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
