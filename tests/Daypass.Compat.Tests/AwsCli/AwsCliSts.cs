using System.Text.Json;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>What sessions carry, at a terminal: tags, source identity, federated users.</summary>
public sealed class AwsCliSts(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task Tags_and_source_identity_go_from_role_to_role_and_decide_what_may_be_done(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        var (aliceArn, alice) = await administrator.CreateUserAsync(world.Unique("alice"));
        var first = await administrator.CreateRoleAsync(world.Unique("First"), Documents.TrustWithMarks(aliceArn), Documents.Allow(["sts:*"], ["*"]));
        var second = await administrator.CreateRoleAsync(
            world.Unique("Second"), Documents.TrustWithMarks(first), """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ListRoles","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue","aws:SourceIdentity":"alice"}}}}""");

        var marked = await alice.JsonAsync($"sts assume-role --role-arn {first} --role-session-name one --tags Key=Team,Value=blue Key=cost,Value= --transitive-tag-keys Team --source-identity alice");
        Assert.Equal("alice", marked.GetProperty("SourceIdentity").GetString());
        Assert.InRange(marked.GetProperty("PackedPolicySize").GetInt32(), 1, 5);
        var session = await Terminal(generation, marked).AssumeAsync(second, "two");
        await session.JsonAsync("iam list-roles");

        var unmarked = await (await alice.AssumeAsync(first, "one")).AssumeAsync(second, "two");
        Assert.Contains("is not authorized to perform: iam:ListRoles", await unmarked.RefusalAsync("iam list-roles"));
        Assert.Contains("(InvalidParameterValue)", await Terminal(generation, marked).RefusalAsync($"sts assume-role --role-arn {second} --role-session-name two --tags Key=team,Value=red"));
        Assert.Contains("sts:SetSourceIdentity", await Terminal(generation, marked).RefusalAsync($"sts assume-role --role-arn {second} --role-session-name two --source-identity bob"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_federated_user_reads_the_bucket_that_the_session_policy_names(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        var (bucket, other) = (world.Unique("mine"), world.Unique("theirs"));
        await administrator.BucketsAsync($"s3 mb s3://{bucket}");
        await administrator.BucketsAsync($"s3 mb s3://{other}");
        var answer = await administrator.JsonAsync("sts get-federation-token --name bob --policy", Documents.Allow("s3:*", $"arn:aws:s3:::{bucket}"));
        Assert.Equal($"arn:aws:sts::{DaypassServer.Account}:federated-user/bob", answer.GetProperty("FederatedUser").GetProperty("Arn").GetString());

        var bob = Terminal(generation, answer);
        Assert.Equal($"{DaypassServer.Account}:bob", (await bob.JsonAsync("sts get-caller-identity")).GetProperty("UserId").GetString());
        await bob.BucketsAsync($"s3 ls s3://{bucket}");
        Assert.Contains("(AccessDenied)", await bob.BucketRefusalAsync($"s3 ls s3://{other}"));
        Assert.Contains("(InvalidClientTokenId)", await bob.RefusalAsync("iam list-users"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task An_access_key_id_says_its_account(string generation)
    {
        var answer = await world.Aws(generation, world.Administrator).JsonAsync("sts get-access-key-info --access-key-id ASIAY34FZKBOKMUTVV7A");
        Assert.Equal("609629065308", answer.GetProperty("Account").GetString());
    }

    private AwsCli Terminal(string generation, JsonElement answer) => world.Aws(generation, Keys.From(answer.GetProperty("Credentials")));
}
