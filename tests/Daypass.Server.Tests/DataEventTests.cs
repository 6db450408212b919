using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Daypass.Server.Tests.Attacks;

namespace Daypass.Server.Tests;

/// <summary>What was done at a protected service is in the trail once, whatever befell Daypass meanwhile.</summary>
public sealed class DataEventTests(BucketFixture buckets) : IClassFixture<BucketFixture>
{
    private const int Kills = 8;
    private const int Readers = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task What_was_done_while_Daypass_was_down_is_told_once_when_it_is_back()
    {
        await ReadAsync("before");
        buckets.Server.Kill();
        var read = Enumerable.Range(0, 40).Select(number => $"down-{number}").ToList();
        foreach (var key in read)
            await ReadAsync(key);
        await buckets.Server.RestartAsync();
        AssertOnce(read, await TrailAsync("down-", read.Count));
    }

    [Fact]
    public async Task No_event_is_lost_or_doubled_when_Daypass_is_killed_again_and_again()
    {
        var chance = new Random(20261122);
        var read = new ConcurrentBag<string>();
        await ReadAsync("first");
        for (var round = 0; round < Kills; round++)
        {
            using var stop = new CancellationTokenSource();
            var load = Task.WhenAll(Enumerable.Range(0, Readers).Select(reader => ReadManyAsync($"kill-{round}-{reader}", read, stop.Token)));
            // Batches leave each second: somewhen in one, a kill meets one that is under way.
            await Task.Delay(chance.Next(900, 1300), CancellationToken.None);
            while (!load.IsCompleted && read.Count <= 10 * (round + 1))
                await Task.Delay(5, CancellationToken.None);
            buckets.Server.Kill();
            await stop.CancelAsync();
            await load;
            await buckets.Server.RestartAsync();
        }
        AssertOnce([.. read], await TrailAsync("kill-", read.Count));
    }

    private static void AssertOnce(IReadOnlyList<string> read, IReadOnlyList<string> told)
    {
        Assert.Empty(read.Except(told));
        Assert.Equal(read.Count, told.Count);
    }

    private async Task ReadManyAsync(string prefix, ConcurrentBag<string> read, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            await ReadAsync($"{prefix}-{number}");
            read.Add($"{prefix}-{number}");
            // Few enough for the trail's budget.
            await Task.Delay(5, CancellationToken.None);
        }
    }

    // That there is no such object does not matter: that somebody wanted it is an event.
    private async Task ReadAsync(string key) => Assert.Equal(HttpStatusCode.NotFound, (await buckets.SendAsync(HttpMethod.Get, $"/attacked/{key}")).Status);

    /// <summary>The keys that the trail says were read, once there are as many as expected.</summary>
    private async Task<List<string>> TrailAsync(string prefix, int expected)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var told = await LookAsync(prefix);
            if (told.Count >= expected || Stopwatch.GetElapsedTime(began) > Patience)
                return told;
            await Task.Delay(250);
        }
    }

    private async Task<List<string>> LookAsync(string prefix)
    {
        var keys = new List<string>();
        string? token = null;
        do
        {
            var body = JsonSerializer.Serialize(new Dictionary<string, object?>
            {
                ["LookupAttributes"] = new[] { new Dictionary<string, string> { ["AttributeKey"] = "EventSource", ["AttributeValue"] = "s3.amazonaws.com" } },
                ["NextToken"] = token,
            });
            var reply = await buckets.Server.Administrator.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", body);
            Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
            using var page = JsonDocument.Parse(reply.Body);
            keys.AddRange(page.RootElement.GetProperty("Events").EnumerateArray().Select(KeyOf).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)));
            token = page.RootElement.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);
        return keys;
    }

    private static string KeyOf(JsonElement found)
    {
        var resources = found.GetProperty("Resources");
        return resources.GetArrayLength() == 0 ? "" : resources[0].GetProperty("ResourceName").GetString()!.Split('/')[^1];
    }
}
