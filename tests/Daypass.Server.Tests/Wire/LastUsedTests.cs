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

    private static async Task<string?> ServiceOfAsync(DaypassServer server, string id) =>
        (await server.Administrator.IamAsync("GetAccessKeyLastUsed", ("AccessKeyId", id))).Result.GetProperty("AccessKeyLastUsed").GetProperty("ServiceName").GetString();
}
