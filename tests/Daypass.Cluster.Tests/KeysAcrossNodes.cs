using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Daypass.Cluster.Tests.Harness;
using Daypass.Testing;
using Xunit.Abstractions;

namespace Daypass.Cluster.Tests;

/// <summary>One key ring for all nodes: made once, rotated under load, and refused everywhere when it is compromised.</summary>
public sealed class KeysAcrossNodes(ITestOutputHelper output)
{
    private const string Sessions = "session";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    [ClusterFact]
    public async Task Nodes_that_start_at_once_on_an_empty_database_make_one_key_ring_and_one_account()
    {
        await using var cluster = await DaypassCluster.StartAsync(await PostgresServer.SharedAsync(), 0);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => cluster.AddNodeAsync([])));
        var keys = await KeysAsync(cluster.Nodes[0]);
        Assert.All(keys.GroupBy(key => key.GetProperty("Purpose").GetString()), purpose => Assert.Single(purpose));
        var session = await Calls.AnsweredAsync(() => cluster.Nodes[0].Administrator.StsAsync("GetSessionToken"));
        foreach (var node in cluster.Nodes)
            Assert.Equal(HttpStatusCode.OK, (await Calls.AnsweredAsync(() => node.With(session.Result.GetProperty("Credentials")).WhoAsync())).Status);
    }

    [ClusterFact]
    public async Task With_another_master_key_no_node_starts()
    {
        await using var cluster = await DaypassCluster.StartAsync(await PostgresServer.SharedAsync(), 1);
        File.Delete(cluster.MasterKeyFile);
        await File.WriteAllTextAsync(cluster.MasterKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n");
        File.SetUnixFileMode(cluster.MasterKeyFile, UnixFileMode.UserRead);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.AddNodeAsync([]));
        Assert.Contains("master key", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Single(cluster.Nodes);
    }

    [ClusterFact]
    public async Task Rotation_under_load_fails_no_request_and_ends_no_session_and_a_compromised_key_ends_its_own_everywhere()
    {
        await using var cluster = await DaypassCluster.StartAsync(await PostgresServer.SharedAsync(), 2);
        var hot = await HotLoad.PrepareAsync(cluster, "hot");
        var user = await cluster.A.CreateUserAsync("keeps-a-secret");
        var old = await SessionAsync(cluster.A, hot.Role);
        var oldKey = ActiveKey(await KeysAsync(cluster.A));
        await using var load = Load.Start(8, async (worker, number, cancellationToken) =>
        {
            await hot.StepAsync(worker, number, cancellationToken);
            // Old sessions and stored secrets, at both nodes, before, while and after.
            await OkAsync(cluster.Nodes[number % 2].At(old).WhoAsync());
            await OkAsync(cluster.Nodes[number % 2].At(user).WhoAsync());
        });
        var purposes = (await KeysAsync(cluster.A)).Select(key => key.GetProperty("Purpose").GetString()!).Distinct().ToList();
        Assert.Contains(Sessions, purposes);
        foreach (var purpose in purposes)
            await OkAsync(cluster.B.Administrator.DaypassAsync("RotateKeys", ("Purpose", purpose)));
        var begin = Stopwatch.GetTimestamp();
        while (ActiveKey(await KeysAsync(cluster.A)) == oldKey)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(60), "The new key never took over.");
            await load.RunAsync(TimeSpan.FromMilliseconds(100));
        }
        await load.RunAsync(TimeSpan.FromSeconds(2));
        await load.StopAsync();
        Assert.Empty(hot.Failures);
        output.Figure($"rotation of {purposes.Count} keys under load: the new one took over after {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s; {hot.Count} hot calls, 0 failed, slowest {hot.Times.Max().TotalMilliseconds:0} ms");

        var young = await SessionAsync(cluster.B, hot.Role);
        await OkAsync(cluster.B.Administrator.DaypassAsync("RevokeKey", ("Purpose", Sessions), ("KeyId", oldKey)));
        begin = Stopwatch.GetTimestamp();
        // When a call was made, not when it was answered.
        var made = TimeSpan.Zero;
        while ((await cluster.A.At(old).WhoAsync()).Status == HttpStatusCode.OK)
        {
            Assert.True(made < Bound, "A session of a compromised key is still good at the other node.");
            made = Stopwatch.GetElapsedTime(begin);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await cluster.B.At(old).WhoAsync()).Status);
        await OkAsync(cluster.A.At(young).WhoAsync());
    }

    private static async Task<SigningClient> SessionAsync(ClusterNode node, string role) => node.With((await Calls.AnsweredAsync(() => node.Administrator.AssumeAsync(role))).Result.GetProperty("Credentials"));

    private static async Task<List<JsonElement>> KeysAsync(ClusterNode node) => [.. (await Calls.AnsweredAsync(() => node.Administrator.DaypassAsync("ListKeys"))).Result.GetProperty("Keys").EnumerateArray()];

    private static string ActiveKey(IEnumerable<JsonElement> keys) =>
        keys.Single(key => key.GetProperty("Purpose").GetString() == Sessions && key.GetProperty("State").GetString() == "Active").GetProperty("KeyId").GetString()!;

    private static async Task OkAsync(Task<ApiReply> call)
    {
        var reply = await call;
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
    }
}
