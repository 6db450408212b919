using System.Text.Json;
using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Across accounts at a terminal: a second account, a role in it for one partner, and the trail of who did what through which role.</summary>
public sealed class AwsCliOrganization(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_partner_gets_into_another_account_by_permission_trust_and_external_id_together(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        var (aliceArn, alice) = await administrator.CreateUserAsync(world.Unique("alice"));
        var (bobArn, bob) = await administrator.CreateUserAsync(world.Unique("bob"));
        var other = await administrator.AssumeAsync($"arn:aws:iam::{await CreateAccountAsync(administrator)}:role/OrganizationAccountAccessRole", "setup");
        var role = await other.CreateRoleAsync("Partner", Documents.Trust(aliceArn, "blue-42"), Documents.Allow("iam:ListRoles", "*"));
        var assume = $"sts assume-role --role-arn {role} --role-session-name partner --external-id ";

        Assert.Contains($"User: {aliceArn} is not authorized to perform: sts:AssumeRole on resource: {role}", await alice.RefusalAsync(assume + "blue-42"));
        foreach (var arn in new[] { aliceArn, bobArn })
            await administrator.JsonAsync($"iam put-user-policy --user-name {arn[(arn.LastIndexOf('/') + 1)..]} --policy-name partner --policy-document", Documents.Allow("sts:AssumeRole", role));

        var session = Keys.From((await alice.JsonAsync(assume + "blue-42")).GetProperty("Credentials"));
        Assert.EndsWith("assumed-role/Partner/partner", (await world.Aws(generation, session).JsonAsync("sts get-caller-identity")).GetProperty("Arn").GetString());
        Assert.Contains("(AccessDenied)", await alice.RefusalAsync(assume + "red-42"));
        Assert.Contains("(AccessDenied)", await bob.RefusalAsync(assume + "blue-42"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task The_administrator_of_another_account_is_nobody_at_this_accounts_bucket(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        var bucket = world.Unique("private");
        await administrator.BucketsAsync($"s3 mb s3://{bucket}");
        var other = await administrator.AssumeAsync($"arn:aws:iam::{await CreateAccountAsync(administrator)}:role/OrganizationAccountAccessRole", "setup");

        Assert.Contains("(AccessDenied)", await other.BucketRefusalAsync($"s3 ls s3://{bucket}"));
        Assert.Equal("", await other.BucketsAsync("s3 ls"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task The_trail_tells_who_did_what_through_which_role_and_who_was_refused(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        var (aliceArn, alice) = await administrator.CreateUserAsync(world.Unique("alice"));
        var role = await administrator.CreateRoleAsync(world.Unique("Traced"), Documents.Trust(aliceArn), Documents.Allow("iam:ListRoles", "*"));
        var session = await alice.AssumeAsync(role, "traced");
        await session.JsonAsync("iam list-roles");
        await session.RefusalAsync("iam list-users");

        var assumed = Assert.Single(await LookUpAsync(administrator, "ResourceName", role), found => Name(found) == "AssumeRole");
        Assert.Equal(aliceArn, assumed.GetProperty("userIdentity").GetProperty("arn").GetString());
        Assert.Equal("traced", assumed.GetProperty("requestParameters").GetProperty("roleSessionName").GetString());
        Assert.DoesNotContain("secretAccessKey\":\"", assumed.ToString().Replace("HIDDEN_DUE_TO_SECURITY_REASONS", "", StringComparison.Ordinal));

        var done = await LookUpAsync(administrator, "Username", "traced");
        var listed = Assert.Single(done, found => Name(found) == "ListRoles" && IssuerOf(found) == role);
        Assert.False(listed.TryGetProperty("errorCode", out _));
        var refused = Assert.Single(done, found => Name(found) == "ListUsers" && IssuerOf(found) == role);
        Assert.Equal("AccessDenied", refused.GetProperty("errorCode").GetString());
        Assert.Contains("is not authorized to perform: iam:ListUsers", refused.GetProperty("errorMessage").GetString());
    }

    private static string? Name(JsonElement record) => record.GetProperty("eventName").GetString();

    private static string? IssuerOf(JsonElement record) => record.GetProperty("userIdentity").GetProperty("sessionContext").GetProperty("sessionIssuer").GetProperty("arn").GetString();

    private static async Task<List<JsonElement>> LookUpAsync(AwsCli who, string attribute, string value)
    {
        var answer = await who.JsonAsync($"cloudtrail lookup-events --lookup-attributes AttributeKey={attribute},AttributeValue={value}");
        return [.. answer.GetProperty("Events").EnumerateArray().Select(found => JsonDocument.Parse(found.GetProperty("CloudTrailEvent").GetString()!).RootElement)];
    }

    private async Task<string> CreateAccountAsync(AwsCli administrator)
    {
        var organization = await administrator.RunAsync("organizations create-organization --feature-set ALL");
        Assert.True(organization.ExitCode == 0 || organization.Errors.Contains("(AlreadyInOrganizationException)", StringComparison.Ordinal), organization.ToString());
        var name = world.Unique("second");
        var status = (await administrator.JsonAsync($"organizations create-account --email {name}@example.com --account-name {name}")).GetProperty("CreateAccountStatus");
        var began = TimeProvider.System.GetTimestamp();
        while (status.GetProperty("State").GetString() == "IN_PROGRESS" && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(2))
            status = (await administrator.JsonAsync($"organizations describe-create-account-status --create-account-request-id {status.GetProperty("Id").GetString()}")).GetProperty("CreateAccountStatus");
        Assert.Equal("SUCCEEDED", status.GetProperty("State").GetString());
        return status.GetProperty("AccountId").GetString()!;
    }
}
