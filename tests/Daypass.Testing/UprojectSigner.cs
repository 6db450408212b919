using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Daypass.Testing;

/// <summary>How a client of UCloud's API sends its parameters.</summary>
public enum Shape
{
    Form,
    FlatJson,
    NestedJson,
    Query,
}

/// <summary>A key as clients of UCloud's API have it, with the token of a session.</summary>
public sealed record UprojectKey(string PublicKey, string PrivateKey, string? SecurityToken = null);

/// <summary>Signs as clients of UCloud's API do, by the guide's five steps and nothing of the library.</summary>
public static class UprojectSigner
{
    /// <summary>A signed request; lists are given as <c>Name.0</c>.</summary>
    public static HttpRequestMessage Sign(Uri endpoint, UprojectKey key, Shape shape, params IReadOnlyList<(string Name, string Value)> parameters) => Of(endpoint, shape, Signed(key, shape, parameters));

    /// <summary>All parameters of a request, the signature last.</summary>
    public static IReadOnlyList<(string Name, string Value)> Signed(UprojectKey key, Shape shape, params IReadOnlyList<(string Name, string Value)> parameters)
    {
        List<(string Name, string Value)> all = [.. parameters, ("PublicKey", key.PublicKey)];
        if (key.SecurityToken is { } token)
            all.Add(("SecurityToken", token));
        var text = string.Concat(all.OrderBy(pair => pair.Name, StringComparer.Ordinal).Select(pair => (shape == Shape.NestedJson ? WithoutIndex(pair.Name) : pair.Name) + pair.Value));
        all.Add(("Signature", Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text + key.PrivateKey)))));
        return all;
    }

    /// <summary>The parameters as they are.</summary>
    public static HttpRequestMessage Of(Uri endpoint, Shape shape, IReadOnlyList<(string Name, string Value)> all)
    {
        var pairs = all.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)).ToArray();
        return shape switch
        {
            Shape.Query => new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint, "?" + string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")))),
            Shape.Form => new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(pairs) },
            Shape.FlatJson => Json(endpoint, new JsonObject(pairs.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))).ToJsonString()),
            _ => Json(endpoint, Nested(pairs).ToJsonString()),
        };
    }

    /// <summary>A body that says that it is JSON.</summary>
    public static HttpRequestMessage Json(Uri endpoint, string body) => new(HttpMethod.Post, endpoint) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    // A list is signed as its name once, and its items in a row.
    private static string WithoutIndex(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? name.EndsWith(".0", StringComparison.Ordinal) ? name[..dot] : "" : name;

    private static JsonObject Nested(KeyValuePair<string, string>[] pairs)
    {
        var root = new JsonObject();
        foreach (var (name, value) in pairs)
        {
            if (name.IndexOf('.', StringComparison.Ordinal) is not (var dot and > 0))
                root[name] = value;
            else if (root[name[..dot]] is JsonArray list)
                list.Add(value);
            else
                root[name[..dot]] = new JsonArray(value);
        }
        return root;
    }
}
