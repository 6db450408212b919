using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests;

/// <summary>What a server does when its disk takes no more, and when it takes it again.</summary>
public sealed class FullDiskTests
{
    private static readonly HttpClient Http = new();
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The limit of file sizes stands for the disk: every write of the running server beyond a few bytes fails, in the journal and in the
    /// database, until the limit is lifted.
    /// </summary>
    [Fact]
    public async Task A_disk_that_is_full_refuses_every_call_and_one_that_has_room_again_answers_without_a_restart_and_nothing_answered_is_lost()
    {
        await using var server = await DaypassServer.StartAsync("--writes-per-account", "0", "--lookups-per-account", "0");
        var answered = new ConcurrentBag<string>();
        for (var outage = 0; outage < 2; outage++)
        {
            await CallAsync(server, answered, 50);
            Limit(server, "4096");
            await UntilAsync(async () => await TryAsync(server, answered) == HttpStatusCode.ServiceUnavailable);
            // All of them, whatever is asked for, and with the code that clients try again on.
            var refused = await server.Administrator.StsAsync("GetSessionToken");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"), (refused.Status, refused.ErrorCode));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Administrator.IamAsync("CreateUser", ("UserName", $"lost-{outage}"))).Status);
            await UntilAsync(() => Task.FromResult(server.Output.Split("JournalClosed").Length > outage + 1));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Http.GetAsync(new Uri(server.Endpoint, "/health/ready"))).StatusCode);
            Limit(server, "unlimited");
            await UntilAsync(async () => await TryAsync(server, answered) == HttpStatusCode.OK);
            await CallAsync(server, answered, 50);
            // Who watches has seen it, too, before the next outage.
            await UntilAsync(() => Task.FromResult(server.Output.Split("JournalOpened").Length > outage + 1));
        }
        Assert.Contains("Make room on the disk of the data directory", server.Output, StringComparison.Ordinal);
        var trail = await TrailAsync(server.Administrator, "GetSessionToken");
        Assert.Empty(answered.Except(trail));
        Assert.Equal(trail.Count, trail.Distinct().Count());
        // And after a restart, when the journal is read from the disk again.
        await server.StopAsync();
        await server.RestartAsync();
        Assert.Empty(answered.Except(await TrailAsync(server.Administrator, "GetSessionToken")));
        Assert.DoesNotContain("lost-", (await server.Administrator.IamAsync("ListUsers")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Below_the_reserve_nothing_is_issued_and_an_administrator_still_acts()
    {
        await using var server = await DaypassServer.StartAsync("--disk-reserve", Reserve(2));
        var refused = await server.Administrator.StsAsync("GetSessionToken");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"), (refused.Status, refused.ErrorCode));
        Assert.Equal(HttpStatusCode.OK, (await server.Administrator.IamAsync("CreateUser", ("UserName", "alice"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.Administrator.IamAsync("DeleteUser", ("UserName", "alice"))).Status);
        Assert.Equal(["DeleteUser", "CreateUser"], await NamesAsync(server.Administrator));
        await UntilAsync(() => Task.FromResult(server.Output.Contains("nothing is issued", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Http.GetAsync(new Uri(server.Endpoint, "/health/ready"))).StatusCode);
        Assert.Equal("onlyToManage", JsonDocument.Parse(await Http.GetStringAsync(new Uri(server.Endpoint, "/health"))).RootElement.GetProperty("auditRoom").GetString());
    }

    [Fact]
    public async Task Far_below_the_reserve_nothing_is_answered()
    {
        await using var server = await DaypassServer.StartAsync("--disk-reserve", Reserve(16));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Administrator.IamAsync("CreateUser", ("UserName", "alice"))).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Administrator.StsAsync("GetCallerIdentity")).Status);
        Assert.Contains("nothing is answered", await Http.GetStringAsync(new Uri(server.Endpoint, "/health")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Near_the_reserve_strangers_take_no_room_and_callers_are_served()
    {
        await using var server = await DaypassServer.StartAsync("--disk-reserve", Reserve(0.75));
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.Forbidden, (await server.Client("AKIAEXAMPLESTRANGER", "EXAMPLE").StsAsync("GetCallerIdentity")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.Administrator.StsAsync("GetSessionToken")).Status);
        // At its end a server writes what it has counted; here it must not.
        Assert.Equal(0, await server.StopAsync());
        await server.RestartAsync();
        Assert.Equal(["GetSessionToken"], await NamesAsync(server.Administrator));
    }

    /// <summary>A reserve of so many times what the disk has: a disk that is nearly full, wherever the test runs.</summary>
    private static string Reserve(double times) => $"{(long)(new DriveInfo(Path.GetTempPath()).AvailableFreeSpace / (1 << 20) * times)}";

    private static void Limit(DaypassServer server, string bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{server.ProcessId}", $"--fsize={bytes}:unlimited"]);
        prlimit.WaitForExit();
        Assert.Equal(0, prlimit.ExitCode);
    }

    private static async Task CallAsync(DaypassServer server, ConcurrentBag<string> answered, int count)
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => TryAsync(server, answered)));
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private static async Task<HttpStatusCode> TryAsync(DaypassServer server, ConcurrentBag<string> answered)
    {
        var reply = await server.Administrator.StsAsync("GetSessionToken");
        if (reply.Status == HttpStatusCode.OK)
            answered.Add(reply.Headers["x-amzn-RequestId"]);
        return reply.Status;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var start = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(start.Elapsed < Patience, "It never came so.");
            await Task.Delay(50);
        }
    }

    private static async Task<List<string>> NamesAsync(SigningClient client) => [.. (await EventsAsync(client, null)).Select(e => e.GetProperty("eventName").GetString()!)];

    private static async Task<List<string>> TrailAsync(SigningClient client, string name) => [.. (await EventsAsync(client, name)).Select(e => e.GetProperty("requestID").GetString()!)];

    private static async Task<List<JsonElement>> EventsAsync(SigningClient client, string? name)
    {
        var events = new List<JsonElement>();
        string? token = null;
        do
        {
            var body = JsonSerializer.Serialize(new Dictionary<string, object?>
            {
                ["LookupAttributes"] = name is null ? null : new[] { new Dictionary<string, string> { ["AttributeKey"] = "EventName", ["AttributeValue"] = name } },
                ["NextToken"] = token,
            });
            var reply = await client.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", body);
            Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
            var page = JsonDocument.Parse(reply.Body).RootElement;
            events.AddRange(page.GetProperty("Events").EnumerateArray().Select(item => JsonDocument.Parse(item.GetProperty("CloudTrailEvent").GetString()!).RootElement));
            token = page.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);
        return events;
    }
}
