using System.Text.Json.Nodes;

namespace Daypass.Cli.Login.Oidc;

/// <summary>An error of a provider (RFC 6749, sections 4.1.2.1 and 5.2). Its words are a stranger's: what a terminal would obey is taken out of them.</summary>
internal sealed record ProviderRefusal(string Code, string? Description)
{
    private const int MostText = 300;

    public static ProviderRefusal Of(JsonObject json, int status) => new(Plain(TextOf(json["error"])) ?? $"HTTP {status}", Plain(TextOf(json["error_description"])));

    /// <summary>What the browser brought; null when that is no error.</summary>
    public static ProviderRefusal? Of(Callback callback) => Plain(callback["error"]) is { } code ? new ProviderRefusal(code, Plain(callback["error_description"])) : null;

    public CommandException ToException() => new($"The provider refuses: {Code}{(Description is null ? "." : $" ({Description})")}");

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? Plain(string? text) => text is null ? null : string.Concat(text.Take(MostText).Where(character => character is >= ' ' and <= '~'));
}
