using System.Net;
using System.Text;
using System.Text.Json;
using Daypass.Signing;

namespace Daypass.Testing;

/// <summary>An answer of the API.</summary>
public sealed record ApiReply(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The members of a successful JSON answer of a Query service.</summary>
    public JsonElement Result
    {
        get
        {
            if (Status != HttpStatusCode.OK)
                throw new InvalidOperationException($"{(int)Status}: {Body}");
            var response = JsonDocument.Parse(Body).RootElement.EnumerateObject().First().Value;
            return response.EnumerateObject().Where(member => member.Name.EndsWith("Result", StringComparison.Ordinal)).Select(member => member.Value).FirstOrDefault();
        }
    }

    public string ErrorCode => JsonDocument.Parse(Body).RootElement.GetProperty("Error").GetProperty("Code").GetString()!;

    public string ErrorMessage => JsonDocument.Parse(Body).RootElement.GetProperty("Error").GetProperty("Message").GetString()!;
}

/// <summary>Signs and sends calls with Core's signer. For what stock clients cannot be brought to send, and for loads of many calls.</summary>
public sealed class SigningClient(Uri endpoint, string accessKeyId, string secret, string? token = null)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 256 }) { Timeout = TimeSpan.FromSeconds(30) };

    public Uri Endpoint { get; } = endpoint;

    public string AccessKeyId { get; } = accessKeyId;

    public string Secret { get; } = secret;

    public string? Token { get; } = token;

    public Task<ApiReply> StsAsync(string action, params (string Name, string Value)[] parameters) => QueryAsync("sts", "2011-06-15", action, parameters);

    public Task<ApiReply> IamAsync(string action, params (string Name, string Value)[] parameters) => QueryAsync("iam", "2010-05-08", action, parameters);

    public Task<ApiReply> DaypassAsync(string action, params (string Name, string Value)[] parameters) => QueryAsync("daypass", "2026-11-22", action, parameters);

    public Task<ApiReply> QueryAsync(string service, string version, string action, params (string Name, string Value)[] parameters)
    {
        var form = string.Join('&', parameters.Prepend(("Version", version)).Prepend(("Action", action)).Select(pair => $"{Uri.EscapeDataString(pair.Item1)}={Uri.EscapeDataString(pair.Item2)}"));
        return PostAsync(service, form, new() { ["content-type"] = "application/x-www-form-urlencoded; charset=utf-8", ["accept"] = "application/json" });
    }

    public Task<ApiReply> JsonAsync(string service, string target, string body) =>
        PostAsync(service, body, new() { ["content-type"] = "application/x-amz-json-1.1", ["x-amz-target"] = target });

    /// <summary>A call of a REST service; its path may have a query string.</summary>
    public async Task<ApiReply> RestAsync(string service, string path, string body)
    {
        using var request = Sign(HttpMethod.Post, new Uri(Endpoint, path), service, body, new() { ["content-type"] = "application/json" });
        return await SendAsync(request);
    }

    /// <summary>A client with the credentials that AssumeRole or GetSessionToken answered.</summary>
    public SigningClient With(JsonElement credentials) => new(
        Endpoint, credentials.GetProperty("AccessKeyId").GetString()!, credentials.GetProperty("SecretAccessKey").GetString()!, credentials.GetProperty("SessionToken").GetString());

    /// <summary>The signed request, so that a test can damage it before it is sent.</summary>
    public HttpRequestMessage Sign(HttpMethod method, Uri uri, string service, string body, Dictionary<string, string> headers, string region = "us-east-1", DateTimeOffset? at = null)
    {
        var request = new HttpRequestMessage(method, uri);
        headers["host"] = uri.Authority;
        var signed = SigV4Signer.SignHeaders(
            method.Method, uri, headers.ToList(), SigV4.PayloadHash(Encoding.UTF8.GetBytes(body)), AccessKeyId, Secret, Token, region, service, at ?? TimeProvider.System.GetUtcNow());
        if (method != HttpMethod.Get)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers.Where(header => header.Key != "host").Concat(signed))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    public static async Task<ApiReply> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new ApiReply(response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
    }

    private async Task<ApiReply> PostAsync(string service, string body, Dictionary<string, string> headers)
    {
        using var request = Sign(HttpMethod.Post, new Uri(Endpoint, "/"), service, body, headers);
        return await SendAsync(request);
    }
}
