using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>The main job at a terminal: a user without rights gets a role's for an hour, and what they are good for.</summary>
public sealed class AwsCliStory(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_new_user_is_known_and_has_no_rights(string generation)
    {
        var (arn, alice) = await Administrator(generation).CreateUserAsync(world.Unique("alice"));

        Assert.Equal(arn, (await alice.JsonAsync("sts get-caller-identity")).GetProperty("Arn").GetString());
        Assert.Equal(
            $"An error occurred (AccessDenied) when calling the ListUsers operation: User: {arn} is not authorized to perform: iam:ListUsers on resource: "
            + $"arn:aws:iam::{DaypassServer.Account}:user/ because no identity-based policy allows the iam:ListUsers action",
            Denial.Sentence(await alice.RefusalAsync("iam list-users")));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task What_a_refusal_carries_says_why_to_an_administrator(string generation)
    {
        var (arn, alice) = await Administrator(generation).CreateUserAsync(world.Unique("alice"));
        var (_, message) = Denial.Split(await alice.RefusalAsync("iam list-users"));

        var answer = await Administrator(generation).JsonAsync($"sts decode-authorization-message --encoded-message {message}");
        using var decoded = System.Text.Json.JsonDocument.Parse(answer.GetProperty("DecodedMessage").GetString()!);
        Assert.False(decoded.RootElement.GetProperty("allowed").GetBoolean());
        Assert.Equal(arn, decoded.RootElement.GetProperty("context").GetProperty("principal").GetProperty("arn").GetString());
        Assert.Equal("noIdentityPolicyAllows", decoded.RootElement.GetProperty("trace").GetProperty("reason").GetString());
        Assert.Contains(
            "An error occurred (InvalidAuthorizationMessageException) when calling the DecodeAuthorizationMessage operation: Message is not valid",
            await Administrator(generation).RefusalAsync($"sts decode-authorization-message --encoded-message {message[..^1]}"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_session_is_called_by_the_role_and_the_name_it_was_given(string generation)
    {
        var (alice, role) = await AliceAndHerRoleAsync(generation);

        var session = await alice.AssumeAsync(role, "tuesday");

        var identity = await session.JsonAsync("sts get-caller-identity");
        Assert.Equal($"arn:aws:sts::{DaypassServer.Account}:assumed-role/{NameOf(role)}/tuesday", identity.GetProperty("Arn").GetString());
        Assert.EndsWith(":tuesday", identity.GetProperty("UserId").GetString());
        Assert.Equal(DaypassServer.Account, identity.GetProperty("Account").GetString());
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_session_may_do_what_its_role_may_and_nothing_else(string generation)
    {
        var (alice, role) = await AliceAndHerRoleAsync(generation);
        var session = await alice.AssumeAsync(role, "tuesday");

        Assert.Equal(NameOf(role), (await session.JsonAsync($"iam get-role --role-name {NameOf(role)}")).GetProperty("Role").GetProperty("RoleName").GetString());
        Assert.Contains(
            "is not authorized to perform: iam:DeleteRole on resource: " + role + " because no identity-based policy allows the iam:DeleteRole action",
            await session.RefusalAsync($"iam delete-role --role-name {NameOf(role)}"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_session_policy_takes_rights_away_and_gives_none(string generation)
    {
        var (alice, role) = await AliceAndHerRoleAsync(generation);
        var session = await alice.AssumeAsync(role, "tuesday", "--policy", Documents.Allow(["iam:ListUsers", "iam:ListRoles"], ["*"]));

        Assert.Contains(
            $"iam:GetRole on resource: {role} because no session policy allows the iam:GetRole action", await session.RefusalAsync($"iam get-role --role-name {NameOf(role)}"));
        Assert.Contains("because no identity-based policy allows the iam:ListUsers action", await session.RefusalAsync("iam list-users"));
        await session.JsonAsync("iam list-roles");
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_session_that_has_ended_is_refused_as_expired(string generation)
    {
        var (alice, role) = await AliceAndHerRoleAsync(generation);
        var session = await alice.AssumeAsync(role, "tuesday", "--duration-seconds", "900");
        await session.JsonAsync("iam list-roles");

        await world.AdvanceClockAsync(TimeSpan.FromSeconds(901));

        Assert.Equal(
            "An error occurred (ExpiredToken) when calling the ListRoles operation: The security token included in the request is expired", await session.RefusalAsync("iam list-roles"));
        Assert.Equal(
            "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired",
            await session.RefusalAsync("sts get-caller-identity"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task Whom_a_role_does_not_trust_is_told_the_same_as_if_it_did_not_exist(string generation)
    {
        var (_, role) = await AliceAndHerRoleAsync(generation);
        var (arn, mallory) = await Administrator(generation).CreateUserAsync(world.Unique("mallory"));

        foreach (var wanted in new[] { role, role + "-that-is-not" })
        {
            Assert.Equal(
                $"An error occurred (AccessDenied) when calling the AssumeRole operation: User: {arn} is not authorized to perform: sts:AssumeRole on resource: {wanted}",
                Denial.Sentence(await mallory.RefusalAsync($"sts assume-role --role-arn {wanted} --role-session-name x1")));
        }
    }

    private AwsCli Administrator(string generation) => world.Aws(generation, world.Administrator);

    private static string NameOf(string roleArn) => roleArn[(roleArn.LastIndexOf('/') + 1)..];

    private async Task<(AwsCli Alice, string RoleArn)> AliceAndHerRoleAsync(string generation)
    {
        var administrator = Administrator(generation);
        var (arn, alice) = await administrator.CreateUserAsync(world.Unique("alice"));
        var role = await administrator.CreateRoleAsync(world.Unique("Reader"), Documents.Trust(arn), Documents.Allow(["iam:GetRole", "iam:ListRoles"], ["*"]));
        return (alice, role);
    }
}
