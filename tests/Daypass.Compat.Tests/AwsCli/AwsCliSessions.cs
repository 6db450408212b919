using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>The story of docs/guide/sessions.md, command by command, with the answers that it shows.</summary>
public sealed class AwsCliSessions(World world) : IClassFixture<World>
{
    private const string ListRoles = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ListRoles","Resource":"*"}}""";

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_session_is_narrowed_marked_and_handed_on_as_the_guide_says(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        var (_, alice) = await AliceAsync(administrator);
        var (build, deploy) = (await RoleAsync(administrator, "build"), await RoleAsync(administrator, "deploy"));

        var answer = await alice.JsonAsync($"sts assume-role --role-arn {build} --role-session-name alice --policy", ListRoles);
        Assert.InRange(answer.GetProperty("PackedPolicySize").GetInt32(), 1, 10);
        var narrowed = world.Aws(generation, Keys.From(answer.GetProperty("Credentials")));
        await narrowed.RunAsync("iam list-roles --query Roles[].RoleName --output text");
        Assert.Contains("because no session policy allows the iam:ListUsers action", await narrowed.RefusalAsync("iam list-users"), StringComparison.Ordinal);

        answer = await alice.JsonAsync($"sts assume-role --role-arn {build} --role-session-name alice --tags Key=team,Value=blue Key=ticket,Value=42 --transitive-tag-keys team --source-identity alice");
        Assert.Equal("alice", answer.GetProperty("SourceIdentity").GetString());
        var marked = world.Aws(generation, Keys.From(answer.GetProperty("Credentials")));
        var next = $"sts assume-role --role-arn {deploy} --role-session-name next";
        Assert.Equal("alice", (await marked.JsonAsync(next)).GetProperty("SourceIdentity").GetString());
        Assert.Contains("(InvalidParameterValue)", await marked.RefusalAsync(next + " --tags Key=team,Value=red"), StringComparison.Ordinal);
        Assert.Contains("sts:SetSourceIdentity on resource: " + deploy, await marked.RefusalAsync(next + " --source-identity bob"), StringComparison.Ordinal);
        Assert.Contains("1 hour session limit for roles assumed by role chaining", await marked.RefusalAsync(next + " --duration-seconds 7200"), StringComparison.Ordinal);
        Assert.Contains("Cannot call GetSessionToken with session credentials", await marked.RefusalAsync("sts get-session-token"), StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task Sessions_of_a_day_and_a_half_are_kept_from_what_the_guide_says(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        var (arn, alice) = await AliceAsync(administrator);
        var build = await RoleAsync(administrator, "build");
        var answer = await alice.JsonAsync("sts get-federation-token --name bob --duration-seconds 129600 --tags Key=team,Value=blue --policy", Documents.Allow("s3:GetObject", "*"));
        Assert.Equal($"{DaypassServer.Account}:bob", answer.GetProperty("FederatedUser").GetProperty("FederatedUserId").GetString());
        var bob = world.Aws(generation, Keys.From(answer.GetProperty("Credentials")));
        Assert.Contains("(InvalidClientTokenId)", await bob.RefusalAsync("iam list-users"), StringComparison.Ordinal);
        Assert.Contains("Cannot call AssumeRole with session credentials", await bob.RefusalAsync($"sts assume-role --role-arn {build} --role-session-name bob"), StringComparison.Ordinal);

        answer = await alice.JsonAsync("sts get-session-token --duration-seconds 129600");
        var session = world.Aws(generation, Keys.From(answer.GetProperty("Credentials")));
        Assert.Equal(arn, (await session.JsonAsync("sts get-caller-identity")).GetProperty("Arn").GetString());
        Assert.Contains("(InvalidClientTokenId)", await session.RefusalAsync("iam list-users"), StringComparison.Ordinal);
        await session.JsonAsync($"sts assume-role --role-arn {build} --role-session-name alice");
        Assert.Contains("less than or equal to 129600", await alice.RefusalAsync("sts get-session-token --duration-seconds 129601"), StringComparison.Ordinal);
    }

    private async Task<(string Arn, AwsCli Terminal)> AliceAsync(AwsCli administrator)
    {
        var name = world.Unique("alice");
        var alice = await administrator.CreateUserAsync(name);
        await world.AdministerAsync("PutUserPolicy", ("UserName", name), ("PolicyName", "sts"), ("PolicyDocument", Documents.Allow("*", "*")));
        return alice;
    }

    private Task<string> RoleAsync(AwsCli administrator, string name) =>
        administrator.CreateRoleAsync(world.Unique(name), Documents.TrustWithMarks($"arn:aws:iam::{DaypassServer.Account}:root"), Documents.Allow(["sts:*", "iam:List*"], ["*"]));
}
