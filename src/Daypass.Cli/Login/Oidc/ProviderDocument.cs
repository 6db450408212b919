using System.Text.Json;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Login.Oidc;

/// <summary>What an OpenID provider says of itself (OpenID Connect Discovery 1.0, section 4).</summary>
internal sealed record ProviderDocument
{
    private const string Path = "/.well-known/openid-configuration";
    private const string OfflineAccess = "offline_access";

    /// <summary>Letter for letter as tokens have it.</summary>
    public required string Issuer { get; init; }

    public required Uri Authorization { get; init; }

    public required Uri Token { get; init; }

    /// <summary>Null where there is no device flow.</summary>
    public Uri? DeviceAuthorization { get; init; }

    /// <summary>Whether its answers always say whose they are (RFC 9207), so that one that does not is somebody else's.</summary>
    public bool NamesItself { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>What to ask for where nobody says: who it is, a name for the session, and to come back without the person where the provider knows that word.</summary>
    public string DefaultScope => string.Join(' ', new[] { "openid", "email", "profile", OfflineAccess }.Where(scope => scope == "openid" || Scopes.Contains(scope, StringComparer.Ordinal)));

    /// <exception cref="CommandException">There is no provider, or its document is another's or incomplete.</exception>
    public static async Task<ProviderDocument> FetchAsync(ProviderHttp http, Uri issuer, CancellationToken cancellationToken)
    {
        var named = issuer.OriginalString.TrimEnd('/');
        var (status, json) = await http.GetAsync(new Uri(named + Path), cancellationToken);
        if (status != 200)
            throw new CommandException($"{named}{Path} answers HTTP {status}: is {named} an OpenID provider?");
        // Section 4.3. Some write themselves with a slash at the end: it is the same place, and tokens are compared with what it says.
        return Text(json, "issuer") is { } issuerText && issuerText.TrimEnd('/') == named
            ? Read(json, issuerText)
            : throw new CommandException($"The document at {named}{Path} is of another issuer.");
    }

    private static ProviderDocument Read(JsonObject json, string issuer) => new()
    {
        Issuer = issuer,
        Authorization = Address(json, "authorization_endpoint") ?? throw new CommandException("The provider names no authorization_endpoint."),
        Token = Address(json, "token_endpoint") ?? throw new CommandException("The provider names no token_endpoint."),
        DeviceAuthorization = Address(json, "device_authorization_endpoint"),
        NamesItself = json["authorization_response_iss_parameter_supported"]?.GetValueKind() == JsonValueKind.True,
        Scopes = [.. (json["scopes_supported"] as JsonArray ?? []).Where(scope => scope?.GetValueKind() == JsonValueKind.String).Select(scope => scope!.GetValue<string>())],
    };

    private static Uri? Address(JsonObject json, string name) => Text(json, name) is { } text ? LoginTerms.SafeAddress($"The provider's {name}", text) : null;

    private static string? Text(JsonObject json, string name) => json[name] is { } value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
