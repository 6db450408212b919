using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Daypass.AspNetCore.Tests.Support;

/// <summary>How a client sends its parameters.</summary>
public enum Shape
{
    Form,
    FlatJson,
    NestedJson,
    Query,
}

/// <summary>Signs as clients of UCloud's API do, by the guide's five steps and nothing of the library.</summary>
internal static class UprojectClient
{
    /// <summary>A signed request; lists are given as <c>Name.0</c>.</summary>
    public static HttpRequestMessage Sign(Uri endpoint, KnownCaller caller, Shape shape, params (string Name, string Value)[] parameters)
    {
        List<(string Name, string Value)> all = [.. parameters, ("PublicKey", caller.AccessKeyId)];
        if (caller.Token is { } token)
            all.Add(("SecurityToken", token));
        var text = string.Concat(all.OrderBy(pair => pair.Name, StringComparer.Ordinal).Select(pair => (shape == Shape.NestedJson ? WithoutIndex(pair.Name) : pair.Name) + pair.Value));
        all.Add(("Signature", Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text + caller.Secret)))));
        return Of(endpoint, shape, all);
    }

    public static HttpRequestMessage Of(Uri endpoint, Shape shape, IReadOnlyList<(string Name, string Value)> all)
    {
        var pairs = all.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)).ToArray();
        return shape switch
        {
            Shape.Query => new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint, "/?" + string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")))),
            Shape.Form => new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(pairs) },
            Shape.FlatJson => Json(endpoint, new JsonObject(pairs.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)))),
            _ => Json(endpoint, Nested(pairs)),
        };
    }

    private static HttpRequestMessage Json(Uri endpoint, JsonObject body) =>
        new(HttpMethod.Post, endpoint) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

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
