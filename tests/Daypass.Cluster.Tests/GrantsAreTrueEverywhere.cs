using System.Net;
using Daypass.Cluster.Tests.Harness;
using Daypass.Testing;
using Xunit.Abstractions;

namespace Daypass.Cluster.Tests;

/// <summary>What one node has answered is true at the other at once, for a client that knows nothing of nodes.</summary>
public sealed class GrantsAreTrueEverywhere(TwoNodes world, ITestOutputHelper output) : IClassFixture<TwoNodes>
{
    private const int Workers = 8;
    private const int Rounds = 25;

    [ClusterFact]
    public async Task A_key_is_good_at_the_other_node_the_moment_it_is_made() => await EachAsync(async (here, there, name) =>
    {
        var user = await here.CreateUserAsync(name);
        AssertOk(await Calls.AnsweredAsync(() => there.At(user).WhoAsync()));
    });

    [ClusterFact]
    public async Task A_policy_counts_at_the_other_node_the_moment_it_is_put() => await EachAsync(async (here, there, name) =>
    {
        var user = there.At(await here.CreateUserAsync(name));
        // So the other node has just decided on what it knows, and said no.
        Assert.Equal("AccessDenied", (await Calls.AnsweredAsync(() => user.IamAsync("GetUser"))).ErrorCode);
        await here.Administrator.MustAsync("PutUserPolicy", ("UserName", name), ("PolicyName", "p"), ("PolicyDocument", Documents.Allow("iam:GetUser")));
        AssertOk(await Calls.AnsweredAsync(() => user.IamAsync("GetUser")));
    });

    [ClusterFact]
    public async Task A_role_is_assumed_at_the_other_node_the_moment_it_is_made_and_its_session_is_good_at_both() => await EachAsync(async (here, there, name) =>
    {
        await here.CreateRoleAsync(name);
        var answer = await Calls.AnsweredAsync(() => there.Administrator.AssumeAsync(name));
        AssertOk(answer);
        var session = there.With(answer.Result.GetProperty("Credentials"));
        AssertOk(await Calls.AnsweredAsync(() => session.WhoAsync()));
        AssertOk(await Calls.AnsweredAsync(() => here.At(session).WhoAsync()));
        Assert.Equal("AccessDenied", (await Calls.AnsweredAsync(() => session.IamAsync("GetRole", ("RoleName", name)))).ErrorCode);
        await here.Administrator.MustAsync("PutRolePolicy", ("RoleName", name), ("PolicyName", "p"), ("PolicyDocument", Documents.Allow("iam:GetRole")));
        AssertOk(await Calls.AnsweredAsync(() => session.IamAsync("GetRole", ("RoleName", name))));
    });

    [ClusterFact]
    public async Task A_denial_that_is_lifted_is_lifted_at_the_other_node() => await EachAsync(async (here, there, name) =>
    {
        var user = there.At(await here.CreateUserAsync(name, Documents.Allow("iam:GetUser")));
        await here.Administrator.MustAsync("PutUserPolicy", ("UserName", name), ("PolicyName", "no"), ("PolicyDocument", Documents.Deny("iam:*")));
        await EventuallyAsync(async () => (await user.IamAsync("GetUser")).Status == HttpStatusCode.Forbidden);
        await here.Administrator.MustAsync("DeleteUserPolicy", ("UserName", name), ("PolicyName", "no"));
        AssertOk(await Calls.AnsweredAsync(() => user.IamAsync("GetUser")));
    });

    [ClusterFact]
    public async Task A_write_rests_on_what_the_other_node_has_just_written() => await EachAsync(async (here, there, name) =>
    {
        await here.Administrator.MustAsync("CreateUser", ("UserName", name));
        await there.Administrator.MustAsync("DeleteUser", ("UserName", name));
        // The first node may still hold the user: none of these may be refused for it.
        await here.Administrator.MustAsync("CreateUser", ("UserName", name));
        var key = (await there.Administrator.MustAsync("CreateAccessKey", ("UserName", name))).GetProperty("AccessKey").GetProperty("AccessKeyId").GetString()!;
        await there.Administrator.MustAsync("CreateAccessKey", ("UserName", name));
        await here.Administrator.MustAsync("DeleteAccessKey", ("UserName", name), ("AccessKeyId", key));
        var third = await there.Administrator.MustAsync("CreateAccessKey", ("UserName", name));
        foreach (var id in (string[])[third.GetProperty("AccessKey").GetProperty("AccessKeyId").GetString()!, await OtherKeyAsync(there, name, third)])
            await there.Administrator.MustAsync("DeleteAccessKey", ("UserName", name), ("AccessKeyId", id));
        await here.Administrator.MustAsync("DeleteUser", ("UserName", name));
    });

    [ClusterFact]
    public async Task A_new_account_is_entered_through_the_other_node()
    {
        var (a, b) = (world.Cluster.A, world.Cluster.B);
        Organizations(await a.Administrator.JsonAsync("organizations", "AWSOrganizationsV20161128.CreateOrganization", """{"FeatureSet":"ALL"}"""));
        for (var i = 0; i < 4; i++)
        {
            var (here, there) = i % 2 == 0 ? (a, b) : (b, a);
            var made = Organizations(await here.Administrator.JsonAsync("organizations", "AWSOrganizationsV20161128.CreateAccount", $$"""{"AccountName":"n{{i}}","Email":"n{{i}}@example.com"}"""))
                .GetProperty("CreateAccountStatus");
            var id = made.GetProperty("Id").GetString();
            string? account = null;
            await EventuallyAsync(async () =>
            {
                var status = Organizations(await Calls.AnsweredAsync(() => there.Administrator.JsonAsync("organizations", "AWSOrganizationsV20161128.DescribeCreateAccountStatus", $$"""{"CreateAccountRequestId":"{{id}}"}""")))
                    .GetProperty("CreateAccountStatus");
                account = status.TryGetProperty("AccountId", out var found) ? found.GetString() : null;
                return status.GetProperty("State").GetString() == "SUCCEEDED";
            });
            var entered = await Calls.AnsweredAsync(() => there.Administrator.StsAsync("AssumeRole", ("RoleArn", $"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"), ("RoleSessionName", "in")));
            AssertOk(entered);
            var inside = here.With(entered.Result.GetProperty("Credentials"));
            await inside.MustAsync("CreateUser", ("UserName", "first"));
            await there.At(inside).MustAsync("GetUser", ("UserName", "first"));
        }
    }

    /// <summary>Each round with the nodes changed over.</summary>
    private async Task EachAsync(Func<ClusterNode, ClusterNode, string, Task> round, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var begin = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                var (here, there) = (worker + i) % 2 == 0 ? (world.Cluster.A, world.Cluster.B) : (world.Cluster.B, world.Cluster.A);
                await round(here, there, world.Unique("x"));
            }
        }));
        output.Figure($"{test}: {Workers * Rounds} rounds in {System.Diagnostics.Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s, every first answer good");
    }

    private static async Task<string> OtherKeyAsync(ClusterNode node, string user, System.Text.Json.JsonElement key)
    {
        var keys = (await node.Administrator.MustAsync("ListAccessKeys", ("UserName", user))).GetProperty("AccessKeyMetadata").EnumerateArray().Select(item => item.GetProperty("AccessKeyId").GetString()!);
        return keys.Single(id => id != key.GetProperty("AccessKey").GetProperty("AccessKeyId").GetString());
    }

    private static System.Text.Json.JsonElement Organizations(ApiReply reply)
    {
        AssertOk(reply);
        return System.Text.Json.JsonDocument.Parse(reply.Body).RootElement;
    }

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            if (await isSo())
                return;
            await Task.Delay(10);
        }
        Assert.Fail("It never came to be so.");
    }

    private static void AssertOk(ApiReply reply) => Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
}
