using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests;

/// <summary>
/// <c>kill -9</c> at random moments under load, fifty times: every write that was answered is there, and every answer's event is in the
/// trail, once.
/// </summary>
public sealed class CrashTests
{
    private const int Kills = 50;
    private const int Writers = 4;
    private const int Issuers = 4;

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_when_the_server_is_killed()
    {
        var chance = new Random(20261122);
        var users = new ConcurrentBag<string>();
        var requests = new ConcurrentBag<string>();
        await using var server = await DaypassServer.StartAsync("--writes-per-account", "0", "--lookups-per-account", "0");
        for (var round = 0; round < Kills; round++)
        {
            using var stop = new CancellationTokenSource();
            var before = (Users: users.Count, Requests: requests.Count);
            var load = Task.WhenAll(
                Enumerable.Range(0, Writers).Select(writer => WriteAsync(server.Administrator, $"u{round}-{writer}", users, requests, stop.Token))
                    .Concat(Enumerable.Range(0, Issuers).Select(_ => IssueAsync(server.Administrator, requests, stop.Token))));
            // Every other time whenever it is, and else once there is something to lose, however slow the machine is.
            if (round % 2 == 0)
                await UntilAsync(() => load.IsCompleted || (users.Count - before.Users >= 3 && requests.Count - before.Requests >= 12));
            await Task.Delay(chance.Next(20, 250), CancellationToken.None);
            server.Kill();
            await stop.CancelAsync();
            await load;
            await server.RestartAsync();
        }

        Assert.True(users.Count > Kills && requests.Count > 5 * Kills, $"The load was too small to mean anything: {users.Count} users, {requests.Count} requests.");
        Assert.Empty(users.Except(await UsersAsync(server.Administrator)));
        var trail = await TrailAsync(server.Administrator);
        Assert.Empty(requests.Except(trail));
        Assert.Equal(trail.Count, trail.Distinct().Count());
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var end = TimeProvider.System.GetTimestamp() + 60 * TimeProvider.System.TimestampFrequency;
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetTimestamp() < end, "It did not come to be so within a minute.");
            await Task.Delay(5);
        }
    }

    private static async Task WriteAsync(SigningClient client, string prefix, ConcurrentBag<string> users, ConcurrentBag<string> requests, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var name = $"{prefix}-{number}";
            if (await AcknowledgedAsync(client.IamAsync("CreateUser", ("UserName", name)), requests))
                users.Add(name);
        }
    }

    private static async Task IssueAsync(SigningClient client, ConcurrentBag<string> requests, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await AcknowledgedAsync(client.StsAsync("GetSessionToken"), requests);
    }

    private static async Task<bool> AcknowledgedAsync(Task<ApiReply> call, ConcurrentBag<string> requests)
    {
        try
        {
            var reply = await call;
            Assert.Equal(HttpStatusCode.OK, reply.Status);
            requests.Add(reply.Headers["x-amzn-RequestId"]);
            return true;
        }
        catch (HttpRequestException)
        {
            // No answer: the call may have happened or not.
            await Task.Delay(5);
            return false;
        }
    }

    private static async Task<HashSet<string>> UsersAsync(SigningClient client)
    {
        var users = new HashSet<string>();
        string? marker = null;
        do
        {
            var page = (await client.IamAsync("ListUsers", marker is null ? [("MaxItems", "1000")] : [("MaxItems", "1000"), ("Marker", marker)])).Result;
            users.UnionWith(page.GetProperty("Users").EnumerateArray().Select(user => user.GetProperty("UserName").GetString()!));
            marker = page.TryGetProperty("Marker", out var next) ? next.GetString() : null;
        }
        while (marker is not null);
        return users;
    }

    private static async Task<List<string>> TrailAsync(SigningClient client)
    {
        var requests = new List<string>();
        foreach (var name in new[] { "CreateUser", "GetSessionToken" })
        {
            string? token = null;
            do
            {
                var body = JsonSerializer.Serialize(new Dictionary<string, object?>
                {
                    ["LookupAttributes"] = new[] { new Dictionary<string, string> { ["AttributeKey"] = "EventName", ["AttributeValue"] = name } },
                    ["NextToken"] = token,
                });
                var reply = await client.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", body);
                Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
                var page = JsonDocument.Parse(reply.Body).RootElement;
                requests.AddRange(page.GetProperty("Events").EnumerateArray().Select(item => JsonDocument.Parse(item.GetProperty("CloudTrailEvent").GetString()!).RootElement.GetProperty("requestID").GetString()!));
                token = page.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
            }
            while (token is not null);
        }
        return requests;
    }
}
