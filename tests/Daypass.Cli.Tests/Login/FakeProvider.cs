using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Daypass.Cli.Tests.Login;

/// <summary>
/// An OpenID provider that says whatever a test wants, and beside it the server that gives sessions: what each was asked is kept. Its tokens are signed by
/// nobody, as the client does not look.
/// </summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeProvider(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>What the token endpoint was asked, in order.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Grants { get; } = new();

    /// <summary>What the server was asked for sessions.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Sessions { get; } = new();

    /// <summary>Codes of the page of roles that were redeemed.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Redeemed { get; } = new();

    public Action<JsonObject> Document { get; set; } = _ => { };

    public Action<JsonObject> Claims { get; set; } = _ => { };

    /// <summary>The answer of the token endpoint to a grant; null for a good one.</summary>
    public Func<Dictionary<string, string>, (int Status, string Body)?> Refuses { get; set; } = _ => null;

    public bool ServerRefuses { get; set; }

    /// <summary>How many seconds those who wait for a code to be typed are to leave between two questions.</summary>
    public int DeviceInterval { get; set; }

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Of the last question of a browser.</summary>
    public string? Nonce { get; set; }

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new FakeProvider(builder.Build());
        provider._app.Run(provider.AnswerAsync);
        await provider._app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (status, body) = context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => (200, Describe()),
            "/device" => (200, $$"""{"device_code":"DEVICE-EXAMPLE","user_code":"AB\u001b[31mCD","verification_uri":"{{Url}}/verify","expires_in":600,"interval":{{DeviceInterval}}}"""),
            "/token" => Grant(await FormAsync(context)),
            "/saml/token" => Redeem(await FormAsync(context)),
            "/" => Session(await FormAsync(context)),
            _ => (404, "{}"),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private static async Task<Dictionary<string, string>> FormAsync(HttpContext context) =>
        (await context.Request.ReadFormAsync(context.RequestAborted)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);

    private string Describe()
    {
        var document = new JsonObject
        {
            ["issuer"] = Url, ["authorization_endpoint"] = Url + "/authorize?tenant=1", ["token_endpoint"] = Url + "/token", ["device_authorization_endpoint"] = Url + "/device",
            ["authorization_response_iss_parameter_supported"] = true, ["scopes_supported"] = new JsonArray("openid", "email", "offline_access"),
        };
        Document(document);
        return document.ToJsonString();
    }

    private (int Status, string Body) Grant(Dictionary<string, string> form)
    {
        Grants.Enqueue(form);
        if (Refuses(form) is { } refusal)
            return refusal;
        var claims = new JsonObject { ["iss"] = Url, ["aud"] = "laptop", ["sub"] = "alice", ["email"] = "alice+x@example.com", ["nonce"] = Nonce };
        Claims(claims);
        var token = $"{Part("""{"alg":"RS256"}""")}.{Part(claims.ToJsonString())}.{Part("nobody")}";
        return (200, JsonSerializer.Serialize(new { id_token = token, refresh_token = $"REFRESH-EXAMPLE-{Grants.Count}", token_type = "Bearer" }));
    }

    private (int Status, string Body) Session(Dictionary<string, string> form)
    {
        Sessions.Enqueue(form);
        if (ServerRefuses)
            return (403, """{"Error":{"Code":"AccessDenied","Message":"Not authorized to perform sts:AssumeRoleWithWebIdentity"} }""");
        var end = (Clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        return (200, $$$"""
            {"AssumeRoleWithWebIdentityResponse":{"AssumeRoleWithWebIdentityResult":{
             "AssumedRoleUser":{"Arn":"arn:aws:sts::111122223333:assumed-role/people/{{{form["RoleSessionName"]}}}"},
             "Credentials":{"AccessKeyId":"ASIAEXAMPLE{{{Sessions.Count}}}","SecretAccessKey":"SECRETEXAMPLE","SessionToken":"TOKENEXAMPLE","Expiration":{{{end}}} } } } }
            """);
    }

    private (int Status, string Body) Redeem(Dictionary<string, string> form)
    {
        Redeemed.Enqueue(form);
        return ServerRefuses
            ? (400, """{"Error":"InvalidSigninToken","Message":"No."}""")
            : (200, """{"AssumedRoleArn":"arn:aws:sts::111122223333:assumed-role/admin/alice","AccessKeyId":"ASIAEXAMPLESAML","SecretAccessKey":"SECRETEXAMPLE","SessionToken":"TOKENEXAMPLE","ExpiresIn":"3600"}""");
    }

    private static string Part(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
