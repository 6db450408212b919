using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>The main job with the AWS SDK for .NET.</summary>
public sealed class DotNetSdkStory(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_session_is_called_by_the_role_and_the_name_it_was_given()
    {
        var (alice, role) = await AliceAndHerRoleAsync();

        var answer = await Sts(alice).AssumeRoleAsync(new AssumeRoleRequest { RoleArn = role, RoleSessionName = "tuesday" });

        var identity = await Sts(answer.Credentials).GetCallerIdentityAsync(new GetCallerIdentityRequest());
        Assert.Equal($"arn:aws:sts::{DaypassServer.Account}:assumed-role/{role[(role.LastIndexOf('/') + 1)..]}/tuesday", identity.Arn);
        Assert.Equal(answer.AssumedRoleUser.Arn, identity.Arn);
        Assert.Equal(answer.AssumedRoleUser.AssumedRoleId, identity.UserId);
        Assert.Equal(DaypassServer.Account, identity.Account);
        Assert.InRange(answer.Credentials.Expiration!.Value.ToUniversalTime(), DateTime.UtcNow.AddMinutes(58), DateTime.UtcNow.AddHours(24 * 365));
    }

    [Fact]
    public async Task A_session_of_a_user_is_the_user()
    {
        var alice = (await world.CreateUserAsync(world.Unique("alice"))).Keys;

        var answer = await Sts(alice).GetSessionTokenAsync(new GetSessionTokenRequest { DurationSeconds = 900 });

        Assert.Equal(
            (await Sts(alice).GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn,
            (await Sts(answer.Credentials).GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn);
    }

    [Fact]
    public async Task A_session_that_has_ended_is_refused_as_expired()
    {
        var (alice, role) = await AliceAndHerRoleAsync();
        var session = (await Sts(alice).AssumeRoleAsync(new AssumeRoleRequest { RoleArn = role, RoleSessionName = "tuesday", DurationSeconds = 900 })).Credentials;
        await Sts(session).GetCallerIdentityAsync(new GetCallerIdentityRequest());

        await world.AdvanceClockAsync(TimeSpan.FromSeconds(901));

        var refusal = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => Sts(session).GetCallerIdentityAsync(new GetCallerIdentityRequest()));
        Assert.Equal(("ExpiredToken", "The security token included in the request is expired"), (refusal.ErrorCode, refusal.Message));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refusal.StatusCode);
        Assert.NotEmpty(refusal.RequestId);
    }

    [Fact]
    public async Task Whom_a_role_does_not_trust_is_told_what_was_refused()
    {
        var (_, role) = await AliceAndHerRoleAsync();
        var (arn, mallory) = await world.CreateUserAsync(world.Unique("mallory"));

        var refusal = await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(
            () => Sts(mallory).AssumeRoleAsync(new AssumeRoleRequest { RoleArn = role, RoleSessionName = "tuesday" }));

        Assert.Equal(("AccessDenied", $"User: {arn} is not authorized to perform: sts:AssumeRole on resource: {role}"), (refusal.ErrorCode, Denial.Sentence(refusal.Message)));
    }

    [Fact]
    public async Task The_right_external_id_opens_and_a_wrong_one_does_not()
    {
        var (arn, alice) = await world.CreateUserAsync(world.Unique("alice"));
        var role = await world.CreateRoleAsync(world.Unique("Partner"), Documents.Trust(arn, "blue:42/x="), Documents.Allow("iam:ListRoles", "*"));
        var request = new AssumeRoleRequest { RoleArn = role, RoleSessionName = "tuesday", ExternalId = "Blue:42/x=" };

        Assert.Equal("AccessDenied", (await Assert.ThrowsAnyAsync<AmazonServiceException>(() => Sts(alice).AssumeRoleAsync(request))).ErrorCode);
        request.ExternalId = "blue:42/x=";
        Assert.EndsWith("/tuesday", (await Sts(alice).AssumeRoleAsync(request)).AssumedRoleUser.Arn);
    }

    private AmazonSecurityTokenServiceClient Sts(Keys keys) => new(new BasicAWSCredentials(keys.AccessKeyId, keys.Secret), Settings());

    private AmazonSecurityTokenServiceClient Sts(Amazon.SecurityToken.Model.Credentials session) => new(session, Settings());

    private AmazonSecurityTokenServiceConfig Settings() => new() { ServiceURL = world.Server.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };

    private async Task<(Keys Alice, string RoleArn)> AliceAndHerRoleAsync()
    {
        var (arn, alice) = await world.CreateUserAsync(world.Unique("alice"));
        return (alice, await world.CreateRoleAsync(world.Unique("Reader"), Documents.Trust(arn), Documents.Allow("iam:ListRoles", "*")));
    }
}
