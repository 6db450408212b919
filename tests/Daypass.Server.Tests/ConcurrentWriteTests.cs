using System.Net;
using Daypass.Testing;

namespace Daypass.Server.Tests;

/// <summary>Writes of many clients to one account at once: they wait for each other, and none is turned away for it.</summary>
public sealed class ConcurrentWriteTests
{
    private const int AtOnce = 16;
    private const int Each = 10;

    [Fact]
    public async Task Users_that_many_clients_create_at_once_are_all_there()
    {
        await using var server = await DaypassServer.StartAsync("--writes-per-account", "0");
        var replies = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(client => CreateAsync(server.Administrator, client)));
        Assert.All(replies.SelectMany(reply => reply), reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
        var users = await server.Administrator.IamAsync("ListUsers", ("PathPrefix", "/many/"), ("MaxItems", "1000"));
        Assert.Equal(AtOnce * Each, users.Result.GetProperty("Users").GetArrayLength());
    }

    private static async Task<List<ApiReply>> CreateAsync(SigningClient administrator, int client)
    {
        var replies = new List<ApiReply>();
        for (var i = 0; i < Each; i++)
            replies.Add(await administrator.IamAsync("CreateUser", ("UserName", $"user-{client}-{i}"), ("Path", "/many/")));
        return replies;
    }
}
