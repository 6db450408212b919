using System.Globalization;
using System.Net;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests.SignIn;

/// <summary>What the federation endpoint answered.</summary>
internal sealed record SignInAnswer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The code of a JSON refusal, or of a page's.</summary>
    public string Code => Body.StartsWith('{') ? JsonDocument.Parse(Body).RootElement.GetProperty("Error").GetString()! : Body.Split("<p>")[^1].Split(',')[0];

    public string Token => Status == HttpStatusCode.OK ? JsonDocument.Parse(Body).RootElement.GetProperty("SigninToken").GetString()! : throw new InvalidOperationException(Body);
}

/// <summary>A server with roles, sessions of them, and the two calls as programs and browsers make them.</summary>
internal sealed class SignInWorld(DaypassServer server)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public DaypassServer Server { get; } = server;

    /// <summary>Makes a role that the account may assume, and that may assume others.</summary>
    public async Task<string> RoleAsync(string name, int maxDuration = 3600)
    {
        var trust = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"{{DaypassServer.Account}}"} ,"Action":["sts:AssumeRole","sts:SetSourceIdentity"]} }""";
        await OkAsync(Server.Administrator.IamAsync("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", trust), ("MaxSessionDuration", maxDuration.ToString(CultureInfo.InvariantCulture))));
        await OkAsync(Server.Administrator.IamAsync("AttachRolePolicy", ("RoleName", name), ("PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess")));
        return $"arn:aws:iam::{DaypassServer.Account}:role/{name}";
    }

    public async Task<JsonElement> AssumeAsync(string role, SigningClient? caller = null, params (string, string)[] more) =>
        (await (caller ?? Server.Administrator).StsAsync("AssumeRole", [("RoleArn", role), ("RoleSessionName", "alice"), .. more])).Result.GetProperty("Credentials");

    public static string SessionOf(JsonElement credentials) => Session(
        credentials.GetProperty("AccessKeyId").GetString()!, credentials.GetProperty("SecretAccessKey").GetString()!, credentials.GetProperty("SessionToken").GetString()!);

    public static string Session(string id, string key, string token) => JsonSerializer.Serialize(new { sessionId = id, sessionKey = key, sessionToken = token });

    /// <summary>A sign-in token for a session, asked for with GET as the examples of AWS do.</summary>
    public Task<SignInAnswer> GetTokenAsync(JsonElement credentials, params (string, string)[] more) => GetAsync([("Action", "getSigninToken"), ("Session", SessionOf(credentials)), .. more]);

    public Task<SignInAnswer> LoginAsync(string token, params (string, string)[] more) => GetAsync([("Action", "login"), ("Issuer", "https://broker.example.com"), ("SigninToken", token), .. more]);

    public Task<SignInAnswer> GetAsync(params (string, string)[] parameters) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Endpoint, "/federation?" + Form(parameters))));

    public Task<SignInAnswer> PostAsync(params (string, string)[] parameters) => SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Endpoint, "/federation"))
    {
        Content = new FormUrlEncodedContent(parameters.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))),
    });

    public static async Task<SignInAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Http.SendAsync(request);
            var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            return new SignInAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
        }
    }

    public async Task AdvanceAsync(int seconds) => await OkAsync(Server.Administrator.DaypassAsync("AdvanceClock", ("Seconds", seconds.ToString(CultureInfo.InvariantCulture))));

    /// <summary>The records of a name, the newest first.</summary>
    public async Task<List<JsonElement>> RecordsAsync(string name)
    {
        var body = $$"""{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"{{name}}"}]}""";
        var reply = await Server.Administrator.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", body);
        return [.. JsonDocument.Parse(reply.Body).RootElement.GetProperty("Events").EnumerateArray().Select(found => JsonDocument.Parse(found.GetProperty("CloudTrailEvent").GetString()!).RootElement)];
    }

    public static async Task OkAsync(Task<ApiReply> call)
    {
        var reply = await call;
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
    }

    private static string Form((string Name, string Value)[] parameters) => string.Join('&', parameters.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
}
