using System.Text.Json;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>What sessions carry, with the AWS SDK for .NET.</summary>
public sealed class DotNetSdkSts(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Tags_and_source_identity_stay_and_cannot_be_replaced()
    {
        var (aliceArn, alice) = await world.CreateUserAsync(world.Unique("alice"));
        var first = await world.CreateRoleAsync(world.Unique("First"), Documents.TrustWithMarks(aliceArn), Documents.Allow("sts:*", "*"));
        var second = await world.CreateRoleAsync(world.Unique("Second"), Documents.TrustWithMarks(first), Documents.Allow("sts:*", "*"));
        var marked = await Sts(alice).AssumeRoleAsync(new AssumeRoleRequest
        {
            RoleArn = first,
            RoleSessionName = "one",
            Tags = [new Tag { Key = "Team", Value = "blue" }],
            TransitiveTagKeys = ["Team"],
            SourceIdentity = "alice",
        });
        Assert.Equal("alice", marked.SourceIdentity);

        var next = await Sts(marked.Credentials).AssumeRoleAsync(new AssumeRoleRequest { RoleArn = second, RoleSessionName = "two" });
        Assert.Equal("alice", next.SourceIdentity);
        var other = new AssumeRoleRequest { RoleArn = second, RoleSessionName = "two", SourceIdentity = "bob" };
        Assert.Equal("AccessDenied", (await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(() => Sts(marked.Credentials).AssumeRoleAsync(other))).ErrorCode);
    }

    [Fact]
    public async Task Too_much_to_carry_has_its_own_exception()
    {
        var request = new GetFederationTokenRequest { Name = "bob", Tags = [.. Enumerable.Range(10, 50).Select(i => new Tag { Key = $"k{i}", Value = new string('v', 256) })] };
        var refusal = await Assert.ThrowsAsync<PackedPolicyTooLargeException>(() => Sts(world.Administrator).GetFederationTokenAsync(request));
        Assert.StartsWith("Packed policy consumes ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_federated_user_is_called_by_its_name()
    {
        var answer = await Sts(world.Administrator).GetFederationTokenAsync(new GetFederationTokenRequest { Name = "bob", Policy = Documents.Allow("s3:*", "*") });
        var identity = await Sts(answer.Credentials).GetCallerIdentityAsync(new GetCallerIdentityRequest());
        Assert.Equal((answer.FederatedUser.Arn, answer.FederatedUser.FederatedUserId), (identity.Arn, identity.UserId));
        Assert.Equal($"{DaypassServer.Account}:bob", identity.UserId);
    }

    [Fact]
    public async Task Root_of_a_member_is_assumed_for_one_task()
    {
        var account = await CreateAccountAsync();
        await world.AdministerAsync("EnableOrganizationsRootSessions");
        var request = new AssumeRootRequest { TargetPrincipal = account, TaskPolicyArn = new PolicyDescriptorType { Arn = "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" } };
        var root = await Sts(world.Administrator).AssumeRootAsync(request);
        Assert.Equal($"arn:aws:iam::{account}:root", (await Sts(root.Credentials).GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn);
        request.TargetPrincipal = DaypassServer.Account;
        Assert.Equal("AccessDenied", (await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(() => Sts(world.Administrator).AssumeRootAsync(request))).ErrorCode);
    }

    private async Task<string> CreateAccountAsync()
    {
        Task<ApiReply> Call(string action, string body) => world.Server.Administrator.JsonAsync("organizations", "AWSOrganizationsV20161128." + action, body);
        await Call("CreateOrganization", "{}");
        var created = await Call("CreateAccount", $$"""{"AccountName":"Second","Email":"{{world.Unique("second")}}@example.com"}""");
        var id = JsonDocument.Parse(created.Body).RootElement.GetProperty("CreateAccountStatus").GetProperty("Id").GetString();
        for (var tries = 0; tries < 600; tries++)
        {
            var status = JsonDocument.Parse((await Call("DescribeCreateAccountStatus", $$"""{"CreateAccountRequestId":"{{id}}"}""")).Body).RootElement.GetProperty("CreateAccountStatus");
            if (status.GetProperty("State").GetString() == "SUCCEEDED")
                return status.GetProperty("AccountId").GetString()!;
            await Task.Delay(100);
        }
        throw new TimeoutException("The second account was never made.");
    }

    private AmazonSecurityTokenServiceClient Sts(Keys keys) => new(keys.AccessKeyId, keys.Secret, Settings());

    private AmazonSecurityTokenServiceClient Sts(Credentials session) => new(session, Settings());

    private AmazonSecurityTokenServiceConfig Settings() => new() { ServiceURL = world.Server.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };
}
