using System.Text.Json.Nodes;

namespace Daypass.Cli.Login.Oidc;

/// <summary>Trades a grant for an ID token at the provider (RFC 6749, sections 4.1.3 and 6; RFC 8628, section 3.4).</summary>
internal sealed class TokenEndpoint(ProviderHttp http, ProviderDocument provider, LoginTerms terms, string? clientSecret)
{
    /// <param name="IdToken">As it came, unread.</param>
    /// <param name="RefreshToken">Null where the provider gives none.</param>
    internal sealed record Tokens(string? IdToken, string? RefreshToken)
    {
        public override string ToString() => nameof(Tokens);
    }

    /// <exception cref="CommandException">The provider refuses.</exception>
    public async Task<Tokens> TradeAsync(IEnumerable<(string Name, string Value)> grant, CancellationToken cancellationToken)
    {
        var (tokens, refusal) = await TryAsync(grant, cancellationToken);
        return tokens ?? throw refusal!.ToException();
    }

    /// <summary>The tokens, or the code of the error.</summary>
    public async Task<(Tokens? Tokens, ProviderRefusal? Refusal)> TryAsync(IEnumerable<(string Name, string Value)> grant, CancellationToken cancellationToken)
    {
        List<(string Name, string Value)> form = [.. grant, ("client_id", terms.ClientId!)];
        if (clientSecret is not null)
            form.Add(("client_secret", clientSecret));
        var (status, json) = await http.PostAsync(provider.Token, form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)), cancellationToken);
        return status == 200 ? (new Tokens(Text(json, "id_token"), Text(json, "refresh_token")), null) : (null, ProviderRefusal.Of(json, status));
    }

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
