using System.Net;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests.Dialects;

/// <summary>A client of the uproject dialect.</summary>
internal sealed class UprojectCaller(DaypassServer server, string publicKey, string privateKey, string? securityToken = null)
{
    private static readonly HttpClient Http = new();

    public static UprojectCaller Administrator(DaypassServer server) => new(server, DaypassServer.AccessKeyId, DaypassServer.Secret);

    /// <summary>The answer to a call that must be carried out.</summary>
    public async Task<JsonElement> CallAsync(string action, params (string Name, string Value)[] parameters)
    {
        var answer = await SendAsync(action, parameters);
        Assert.True(answer.GetProperty("RetCode").GetInt32() == 0, answer.ToString());
        return answer;
    }

    /// <summary>Code and message of a call that must not.</summary>
    public async Task<(int RetCode, string Message)> RefusalAsync(string action, params (string Name, string Value)[] parameters)
    {
        var answer = await SendAsync(action, parameters);
        Assert.False(answer.GetProperty("RetCode").GetInt32() == 0, answer.ToString());
        return (answer.GetProperty("RetCode").GetInt32(), answer.GetProperty("Message").GetString()!);
    }

    public async Task<JsonElement> SendAsync(string action, params (string Name, string Value)[] parameters) =>
        JsonDocument.Parse(await BodyAsync(action, parameters)).RootElement;

    /// <summary>The answer byte for byte.</summary>
    public async Task<string> BodyAsync(string action, params (string Name, string Value)[] parameters)
    {
        using var request = UprojectSigner.Sign(server.Endpoint, new UprojectKey(publicKey, privateKey, securityToken), Shape.Form, [("Action", action), .. parameters]);
        using var answer = await Http.SendAsync(request, CancellationToken.None);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        return await answer.Content.ReadAsStringAsync(CancellationToken.None);
    }

    /// <summary>A new user with a key and no policies.</summary>
    public async Task<UprojectCaller> CreateUserAsync(string name)
    {
        var made = await CallAsync("CreateUser", ("UserName", name), ("AccessKeyStatus", "Active"), ("LoginProfileStatus", "Inactive"));
        return new UprojectCaller(server, made.GetProperty("AccessKeyID").GetString()!, made.GetProperty("AccessKeySecret").GetString()!);
    }

    /// <summary>A session of a role.</summary>
    public async Task<UprojectCaller> AssumeAsync(string roleUrn, params (string Name, string Value)[] parameters)
    {
        var issued = (await CallAsync("AssumeRole", [("RoleUrn", roleUrn), ("RoleSessionName", "s"), .. parameters])).GetProperty("Credentials");
        return new UprojectCaller(server, issued.GetProperty("AccessKeyId").GetString()!, issued.GetProperty("AccessKeySecret").GetString()!, issued.GetProperty("SecurityToken").GetString());
    }
}
