using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>A good request for a group, with a session's key.</summary>
internal sealed class UprojectTarget(Uri endpoint, UprojectKey key, string group)
{
    public Uri Endpoint => endpoint;

    public UprojectKey Key => key;

    public IReadOnlyList<(string Name, string Value)> Parameters { get; } = UprojectSigner.Signed(key, Shape.Form, ("Action", "CreateGroup"), ("Description", "d"), ("GroupName", group));

    public string Of(string name) => Parameters.Single(pair => pair.Name == name).Value;

    public HttpRequestMessage Changed(string name, string value) => Send([.. Parameters.Select(pair => pair.Name == name ? (name, value) : pair)]);

    public HttpRequestMessage Renamed(string name, string to, string? value = null) => Send([.. Parameters.Select(pair => pair.Name == name ? (to, value ?? pair.Value) : pair)]);

    public HttpRequestMessage Without(string name) => Send([.. Parameters.Where(pair => pair.Name != name)]);

    public HttpRequestMessage With(string name, string value) => Send([.. Parameters, (name, value)]);

    /// <summary>Another request for the same, signed as it is.</summary>
    public HttpRequestMessage Sign(UprojectKey signer, params (string Name, string Value)[] more) =>
        UprojectSigner.Sign(endpoint, signer, Shape.Form, [("Action", "CreateGroup"), ("GroupName", group), .. more]);

    public HttpRequestMessage Swallowed()
    {
        var signed = UprojectSigner.Signed(key, Shape.Form, ("Action", "CreateGroup"), ("GroupName", group), ("Zone", "z"));
        return Send([.. signed.Where(pair => pair.Name != "Zone").Select(pair => pair.Name == "SecurityToken" ? (pair.Name, pair.Value + "Zonez") : pair)]);
    }

    public HttpRequestMessage InQuery(string query)
    {
        var request = Send(Parameters);
        request.RequestUri = new Uri(endpoint, "?" + query);
        return request;
    }

    public JsonObject ToJson() => new(Parameters.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Name, pair.Value)));

    public HttpRequestMessage Json(Action<JsonObject> change)
    {
        var json = ToJson();
        change(json);
        return UprojectSigner.Json(endpoint, json.ToJsonString(new JsonSerializerOptions { MaxDepth = 64 }));
    }

    public HttpRequestMessage Raw(Func<string, string> change)
    {
        var request = Send(Parameters);
        var form = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
        request.Content = new StringContent(change(form), Encoding.UTF8, "application/x-www-form-urlencoded");
        return request;
    }

    public HttpRequestMessage Typed(string type)
    {
        var request = Send(Parameters);
        request.Content!.Headers.ContentType = new(type);
        return request;
    }

    public HttpRequestMessage Packed()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(ToJson().ToJsonString()));
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
    }

    private HttpRequestMessage Send(IReadOnlyList<(string Name, string Value)> parameters) => UprojectSigner.Of(endpoint, Shape.Form, parameters);
}
