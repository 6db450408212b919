using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Daypass.Cluster.Tests.Harness;
using Daypass.Testing;
using Xunit.Abstractions;

namespace Daypass.Cluster.Tests;

/// <summary>What one node has revoked, the other refuses within the second that the design promises, and nearly always at once.</summary>
public sealed class RevocationsAreTrueEverywhere(TwoNodes world, ITestOutputHelper output) : IClassFixture<TwoNodes>
{
    private const int Rounds = 15;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    internal delegate Task<SigningClient> Prepare(ClusterNode node, string name);

    internal delegate Task Revoke(SigningClient administrator, string name, SigningClient client);

    private static readonly Dictionary<string, (Prepare Prepare, Revoke Revoke, string Uses)> Ways = new()
    {
        ["a key that is deleted"] = (
            (node, name) => node.CreateUserAsync(name),
            (administrator, name, client) => administrator.MustAsync("DeleteAccessKey", ("UserName", name), ("AccessKeyId", client.AccessKeyId)),
            "GetCallerIdentity"),
        ["a key that is made inactive"] = (
            (node, name) => node.CreateUserAsync(name),
            (administrator, name, client) => administrator.MustAsync("UpdateAccessKey", ("UserName", name), ("AccessKeyId", client.AccessKeyId), ("Status", "Inactive")),
            "GetCallerIdentity"),
        ["a right that is taken away"] = (
            (node, name) => node.CreateUserAsync(name, Documents.Allow("iam:GetUser")),
            (administrator, name, _) => administrator.MustAsync("DeleteUserPolicy", ("UserName", name), ("PolicyName", "rights")),
            "GetUser"),
        ["a denial that is put"] = (
            (node, name) => node.CreateUserAsync(name, Documents.Allow("iam:GetUser")),
            (administrator, name, _) => administrator.MustAsync("PutUserPolicy", ("UserName", name), ("PolicyName", "no"), ("PolicyDocument", Documents.Deny("iam:GetUser"))),
            "GetUser"),
        ["a session that is revoked"] = (SessionAsync, (administrator, _, client) => RevokeAsync(administrator, "AccessKeyId", client.AccessKeyId), "GetCallerIdentity"),
        ["all sessions of a role that are revoked"] = (
            SessionAsync, (administrator, name, _) => RevokeAsync(administrator, "PrincipalArn", $"arn:aws:iam::{DaypassServer.Account}:role/{name}"), "GetCallerIdentity"),
        ["all sessions that an access key led to, revoked"] = (
            async (node, name) => node.With((await Calls.AnsweredAsync(async () => await (await node.CreateUserAsync(name)).StsAsync("GetSessionToken"))).Result.GetProperty("Credentials")),
            async (administrator, name, _) => await RevokeAsync(administrator, "AccessKeyId", (await administrator.MustAsync("ListAccessKeys", ("UserName", name))).GetProperty("AccessKeyMetadata")[0].GetProperty("AccessKeyId").GetString()!),
            "GetCallerIdentity"),
        ["a role that is deleted"] = (
            SessionAsync,
            (administrator, name, _) => administrator.MustAsync("DeleteRole", ("RoleName", name)),
            "GetCallerIdentity"),
    };

    public static TheoryData<string> What => [.. Ways.Keys];

    [ClusterTheory]
    [MemberData(nameof(What))]
    public async Task What_one_node_revokes_the_other_refuses_within_a_second(string what)
    {
        var (prepare, revoke, uses) = Ways[what];
        var delays = new ConcurrentBag<TimeSpan>();
        var atOnce = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var (here, there) = i % 2 == 0 ? (world.Cluster.A, world.Cluster.B) : (world.Cluster.B, world.Cluster.A);
            var name = world.Unique("r");
            var client = there.At(await prepare(here, name));
            Assert.Equal(HttpStatusCode.OK, (await UseAsync(client, uses)).Status);
            await revoke(here.Administrator, name, client);
            var begin = Stopwatch.GetTimestamp();
            var calls = 0;
            // What counts is when a call was made: how long its answer takes on a busy machine says nothing.
            var made = TimeSpan.Zero;
            while ((await UseAsync(client, uses)).Status == HttpStatusCode.OK)
            {
                calls++;
                Assert.True(made < Bound, $"{what}: still good after {made.TotalMilliseconds:0} ms");
                made = Stopwatch.GetElapsedTime(begin);
            }
            delays.Add(calls == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(begin));
            atOnce += calls == 0 ? 1 : 0;
        }
        output.Figure($"revocation, {what}: refused at the other node by the very first call {atOnce} of {Rounds} times; slowest {delays.Max().TotalMilliseconds:0} ms");
    }

    private static async Task<SigningClient> SessionAsync(ClusterNode node, string name)
    {
        await node.CreateRoleAsync(name);
        return node.With((await Calls.AnsweredAsync(() => node.Administrator.AssumeAsync(name))).Result.GetProperty("Credentials"));
    }

    private static async Task RevokeAsync(SigningClient administrator, string by, string value)
    {
        var reply = await Calls.AnsweredAsync(() => administrator.DaypassAsync("RevokeSessions", (by, value)));
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
    }

    private static Task<ApiReply> UseAsync(SigningClient client, string action) => Calls.AnsweredAsync(() => action == "GetCallerIdentity" ? client.WhoAsync() : client.IamAsync(action));
}
