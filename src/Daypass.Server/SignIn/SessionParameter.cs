using System.Text.Json;
using Daypass.Service.Pipeline;
using Daypass.Service.SignIn;

namespace Daypass.Server.SignIn;

/// <summary>The <c>Session</c> parameter of the federation endpoint: JSON with <c>sessionId</c>, <c>sessionKey</c> and <c>sessionToken</c>. Nothing of it is ever repeated.</summary>
internal static class SessionParameter
{
    private const int MaxLength = 8192;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2 };

    /// <exception cref="ApiException">It is not that.</exception>
    public static ShownSession Read(string? text)
    {
        if (text is null or { Length: > MaxLength })
            throw Malformed();
        try
        {
            using var json = JsonDocument.Parse(text, Strict);
            return Of(json.RootElement);
        }
        // An escape that is half a character is none of JsonException's.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Malformed();
        }
    }

    private static ShownSession Of(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Malformed();
        string? id = null, key = null, token = null;
        foreach (var member in json.EnumerateObject())
        {
            switch (member.Name)
            {
                case "sessionId": id = Once(id, member.Value); break;
                case "sessionKey": key = Once(key, member.Value); break;
                case "sessionToken": token = Once(token, member.Value); break;
            }
        }
        return id is null || key is null || token is null ? throw Malformed() : new ShownSession(id, token, key);
    }

    private static string Once(string? before, JsonElement value) =>
        before is null && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Malformed();

    private static ApiException Malformed() => Errors.MalformedInput("Session must be a JSON object with the texts sessionId, sessionKey and sessionToken, each once.");
}
