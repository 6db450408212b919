using System.Globalization;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Login.Oidc;

/// <summary>Signing in on another machine by a short code (RFC 8628), for those that have no browser.</summary>
internal sealed record DeviceCode(string Code, string UserCode, string Page, TimeSpan Interval, TimeSpan Lifetime)
{
    private static readonly TimeSpan Slower = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(30);

    /// <exception cref="CommandException">The provider has no such flow, or refuses.</exception>
    public static async Task<DeviceCode> AskAsync(ProviderHttp http, ProviderDocument provider, LoginTerms terms, CancellationToken cancellationToken)
    {
        var endpoint = provider.DeviceAuthorization ?? throw new CommandException("This provider has no device flow: sign in with a browser, without --device.");
        var (status, json) = await http.PostAsync(endpoint, [new("client_id", terms.ClientId!), new("scope", terms.Scope ?? provider.DefaultScope)], cancellationToken);
        if (status != 200)
            throw ProviderRefusal.Of(json, status).ToException();
        return new DeviceCode(Text(json, "device_code"), Plain(Text(json, "user_code")), LoginTerms.SafeAddress("The provider's verification_uri", Text(json, "verification_uri")).AbsoluteUri,
            Seconds(json, "interval") ?? Slower, Seconds(json, "expires_in") ?? Most);
    }

    /// <summary>Asks until the person has signed in over there.</summary>
    /// <exception cref="CommandException">The provider refuses, or the code is over.</exception>
    public async Task<TokenEndpoint.Tokens> WaitAsync(TokenEndpoint endpoint, TimeProvider time, CancellationToken cancellationToken)
    {
        var (began, pause) = (time.GetTimestamp(), Interval);
        while (time.GetElapsedTime(began) < Lifetime && time.GetElapsedTime(began) < Most)
        {
            await Task.Delay(pause, time, cancellationToken);
            var (tokens, refusal) = await endpoint.TryAsync([("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", Code)], cancellationToken);
            if (tokens is not null)
                return tokens;
            if (refusal!.Code == "slow_down")
                pause += Slower;
            else if (refusal.Code == "expired_token")
                break;
            else if (refusal.Code != "authorization_pending")
                throw refusal.ToException();
        }
        throw new CommandException("Nobody typed the code in time. Run it again.");
    }

    public override string ToString() => UserCode;

    private static string Plain(string text) => string.Concat(text.Where(character => character is > ' ' and <= '~').Take(64));

    private static string Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new CommandException($"The provider's answer has no {name}.");

    private static TimeSpan? Seconds(JsonObject json, string name) =>
        json[name] is JsonValue value && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 86400 ? TimeSpan.FromSeconds(seconds) : null;
}
