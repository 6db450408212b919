using Daypass.Testing;

namespace Daypass.Server.Tests.Wire;

public sealed class LastUsedTests
{
    [Fact]
    public async Task A_key_shows_when_and_for_what_it_was_last_used_also_after_a_restart()
    {
        await using var server = await DaypassServer.StartAsync();
        await server.Administrator.IamAsync("CreateUser", ("UserName", "alice"));
        var key = (await server.Administrator.IamAsync("CreateAccessKey", ("UserName", "alice"))).Result.GetProperty("AccessKey");
        var id = key.GetProperty("AccessKeyId").GetString()!;
        Assert.Equal("N/A", await ServiceOfAsync(server, id));

        await server.Client(id, key.GetProperty("SecretAccessKey").GetString()!).StsAsync("GetCallerIdentity");
        Assert.Equal("sts", await ServiceOfAsync(server, id));

        Assert.Equal(0, await server.StopAsync());
        await server.RestartAsync();
        Assert.Equal("sts", await ServiceOfAsync(server, id));
    }

    [Fact]
    public async Task A_role_shows_when_a_session_of_it_was_last_used()
    {
        await using var server = await DaypassServer.StartAsync();
        var admin = server.Administrator;
        await admin.IamAsync("CreateRole", ("RoleName", "reader"), ("AssumeRolePolicyDocument",
            $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{{DaypassServer.Account}}}:user/admin"},"Action":"sts:AssumeRole"}}"""));
        Assert.Empty((await LastUseAsync(admin)).EnumerateObject());

        var credentials = (await admin.StsAsync("AssumeRole", ("RoleArn", $"arn:aws:iam::{DaypassServer.Account}:role/reader"), ("RoleSessionName", "test"))).Result.GetProperty("Credentials");
        await admin.With(credentials).StsAsync("GetCallerIdentity");

        Assert.True((await LastUseAsync(admin)).TryGetProperty("LastUsedDate", out _));
    }

    private static async Task<System.Text.Json.JsonElement> LastUseAsync(SigningClient client) =>
        (await client.IamAsync("GetRole", ("RoleName", "reader"))).Result.GetProperty("Role").GetProperty("RoleLastUsed");

    private static async Task<string?> ServiceOfAsync(DaypassServer server, string id) =>
        (await server.Administrator.IamAsync("GetAccessKeyLastUsed", ("AccessKeyId", id))).Result.GetProperty("AccessKeyLastUsed").GetProperty("ServiceName").GetString();
}
