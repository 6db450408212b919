using System.Net;
using System.Text.Json.Nodes;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>A server that is spoken to in the uproject dialect alone: a user who may assume a role, and a session of it that may manage groups.</summary>
public sealed class UprojectFixture : IAsyncLifetime
{
    public const string RoleUrn = $"ucs:iam::{DaypassServer.Account}:role/attacked";
    public static readonly UprojectKey Administrator = new(DaypassServer.AccessKeyId, DaypassServer.Secret);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    public DaypassServer Server { get; private set; } = null!;

    public UprojectKey Caller { get; private set; } = null!;

    public UprojectKey Session { get; private set; } = null!;

    public Uri Endpoint => new(Server.Endpoint, "/uproject");

    public async Task InitializeAsync()
    {
        Server = await DaypassServer.StartAsync("--refusals-per-source", "0");
        var user = await DoneAsync(Administrator, ("Action", "CreateUser"), ("UserName", "attacked"), ("AccessKeyStatus", "Active"), ("LoginProfileStatus", "Inactive"));
        await DoneAsync(Administrator, ("Action", "CreateRole"), ("RoleName", "attacked"), ("RolePolicyDocument", $$$"""{"Version":"1","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"UCS":["ucs:iam::{{{DaypassServer.Account}}}:root"]}}]}"""));
        await DoneAsync(Administrator, ("Action", "AttachPoliciesToUser"), ("UserName", "attacked"), ("PolicyURNs.0", "ucs:iam::ucs:policy/STSCreateOnlyAccess"), ("Scope", "Unspecified"));
        await DoneAsync(Administrator, ("Action", "AttachPoliciesToRole"), ("RoleName", "attacked"), ("PolicyURNs.0", "ucs:iam::ucs:policy/IAMFullAccess"), ("Scope", "Unspecified"));
        Caller = new UprojectKey(user["AccessKeyID"]!.GetValue<string>(), user["AccessKeySecret"]!.GetValue<string>());
        var session = (await DoneAsync(Caller, ("Action", "AssumeRole"), ("RoleSessionName", "attacker"), ("RoleUrn", RoleUrn)))["Credentials"]!;
        Session = new UprojectKey(session["AccessKeyId"]!.GetValue<string>(), session["AccessKeySecret"]!.GetValue<string>(), session["SecurityToken"]!.GetValue<string>());
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    public Task<JsonObject> CallAsync(UprojectKey key, params (string Name, string Value)[] parameters) => SendAsync(UprojectSigner.Sign(Endpoint, key, Shape.Form, parameters));

    /// <summary>The answer: JSON, status 200 and a request's id, whatever became of the call.</summary>
    public static async Task<JsonObject> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEmpty(Assert.Single(response.Headers.GetValues("X-UCLOUD-REQUEST-UUID")));
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal(["RetCode", "Action", "Message"], answer.Select(member => member.Key).Take(3));
        return answer;
    }

    public static int RetCode(JsonObject answer) => answer["RetCode"]!.GetValue<int>();

    private async Task<JsonObject> DoneAsync(UprojectKey key, params (string Name, string Value)[] parameters)
    {
        var answer = await CallAsync(key, parameters);
        Assert.True(RetCode(answer) == 0, answer.ToJsonString());
        return answer;
    }
}
