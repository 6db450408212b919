using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>What the trail says of sessions: what was asked for, what came of it, who calls with it, and no secret.</summary>
public sealed class SessionAuditTests
{
    private static readonly (string, string)[] Marks = [.. Tags(("Team", "blue"), ("cost", "1")), .. Transitive("Team"), ("SourceIdentity", "alice")];

    [Fact]
    public async Task An_assumed_role_is_recorded_with_tags_and_source_identity()
    {
        await using var bench = await StartAsync();
        await AssumeAsync(bench, "first", null, Marks);
        var record = Assert.Single(await bench.TrailAsync());
        Equal(
            """
            {"roleArn":"arn:aws:iam::123456789012:role/first","roleSessionName":"session",
             "tags":[{"key":"Team","value":"blue"},{"key":"cost","value":"1"}],"transitiveTagKeys":["Team"],"sourceIdentity":"alice"}
            """,
            record["requestParameters"]!);
        Assert.Equal("alice", record["responseElements"]!["sourceIdentity"]!.GetValue<string>());
        Assert.InRange(record["responseElements"]!["packedPolicySize"]!.GetValue<int>(), 1, 2);
        Assert.Null(record["responseElements"]!["credentials"]!["secretAccessKey"]);
        Assert.Null(record["userIdentity"]!["sessionContext"]);
    }

    [Fact]
    public async Task The_next_role_is_recorded_with_what_it_inherits_and_from_whom()
    {
        await using var bench = await StartAsync();
        var first = await AssumeAsync(bench, "first", null, Marks);
        await AssumeAsync(bench, "second", first, ("ExternalId", "x1"));
        var record = (await bench.TrailAsync())[^1];
        Equal("""{"roleArn":"arn:aws:iam::123456789012:role/second","roleSessionName":"session","externalId":"x1","incomingTransitiveTags":{"Team":"blue"}}""", record["requestParameters"]!);
        Assert.Equal("alice", record["responseElements"]!["sourceIdentity"]!.GetValue<string>());
        Assert.Equal("alice", record["userIdentity"]!["sessionContext"]!["sourceIdentity"]!.GetValue<string>());
        Assert.Equal("first", record["userIdentity"]!["sessionContext"]!["sessionIssuer"]!["userName"]!.GetValue<string>());
    }

    [Fact]
    public async Task So_is_a_refusal_down_the_chain()
    {
        await using var bench = await StartAsync();
        var first = await AssumeAsync(bench, "first", null, Marks);
        Assert.Equal("AccessDenied", (await bench.CallAsync(first, "AssumeRole", [.. Parameters("second"), ("SourceIdentity", "bob")])).Error?.Code);
        var record = (await bench.TrailAsync())[^1];
        Assert.Equal("AccessDenied", record["errorCode"]!.GetValue<string>());
        Assert.Equal(("bob", "blue"), (record["requestParameters"]!["sourceIdentity"]!.GetValue<string>(), record["requestParameters"]!["incomingTransitiveTags"]!["Team"]!.GetValue<string>()));
        Assert.Equal("alice", record["userIdentity"]!["sessionContext"]!["sourceIdentity"]!.GetValue<string>());
    }

    [Fact]
    public async Task Inherited_tags_show_where_they_are_inherited_only()
    {
        await using var bench = await StartAsync();
        await bench.CallAsync(await AssumeAsync(bench, "first", null, Marks), "ListUsers", ("PathPrefix", "/x/"));
        Equal("""{"pathPrefix":"/x/"}""", (await bench.TrailAsync())[^1]["requestParameters"]!);
    }

    [Fact]
    public async Task An_assertion_is_not_for_the_trail()
    {
        await using var bench = await StartAsync();
        await bench.CallAsync(
            "AssumeRole", [.. Parameters("first"), ("ProvidedContexts.member.1.ProviderArn", "arn:aws:iam::aws:contextProvider/IdentityCenter"), ("ProvidedContexts.member.1.ContextAssertion", "assertionEXAMPLE")]);
        var record = Assert.Single(await bench.TrailAsync());
        Assert.Contains("contextProvider/IdentityCenter", record.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("assertionEXAMPLE", record.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_federated_user_is_recorded_with_the_user_that_vouches()
    {
        await using var bench = await StartAsync();
        var answer = await bench.CallAsync("GetFederationToken", ("Name", "bob"), ("Policy", Allow("*")));
        var bob = KeyOf(Shown.Of(answer.Response!));
        Assert.Null((await bench.CallAsync(bob, "GetCallerIdentity")).Error);
        var trail = await bench.TrailAsync();
        Equal("""{"federatedUserId":"123456789012:bob","arn":"arn:aws:sts::123456789012:federated-user/bob"}""", trail[0]["responseElements"]!["federatedUser"]!);
        Assert.Null(trail[0]["responseElements"]!["credentials"]!["secretAccessKey"]);
        var identity = trail[1]["userIdentity"]!;
        Assert.Equal("FederatedUser", identity["type"]!.GetValue<string>());
        Assert.Equal("123456789012:bob", identity["principalId"]!.GetValue<string>());
        Assert.Equal("arn:aws:sts::123456789012:federated-user/bob", identity["arn"]!.GetValue<string>());
        Assert.Null(identity["userName"]);
        Equal(
            """{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::123456789012:user/admin","accountId":"123456789012","userName":"admin"}""",
            identity["sessionContext"]!["sessionIssuer"]!);
    }

    [Fact]
    public async Task An_assumed_root_is_in_both_accounts_trails_and_what_it_does_in_the_members()
    {
        await using var bench = await StartAsync();
        var member = AccountId.Of(210987654321);
        Assert.Null((await bench.CallAsync("CreateOrganization", ("FeatureSet", "ALL"))).Error);
        Assert.Null((await bench.CallAsync("EnableOrganizationsRootSessions")).Error);
        await bench.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{member}", Name = "Member", Email = "m@example.com", Created = default });
        await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.OrganizationAccount, new OrganizationAccount { Id = $"{member}", Name = "Member", Email = "m@example.com", JoinedMethod = "CREATED", Joined = default });
        await bench.PutAsync(SetId.Of(member), DocumentKinds.Settings, new AccountSettings { Created = default, OrganizationId = "o-1234567890", ManagementAccount = $"{PipelineBench.Account}" });

        var answer = await bench.CallAsync("AssumeRoot", ("TargetPrincipal", $"{member}"), ("TaskPolicyArn.arn", "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"));
        Assert.Equal("AccessDenied", (await bench.CallAsync(KeyOf(Shown.Of(answer.Response!)), "ListUsers")).Error?.Code);

        var trail = await bench.TrailAsync();
        var assumed = trail.Where(record => record["eventName"]!.GetValue<string>() == "AssumeRoot").ToArray();
        Assert.Equal(["123456789012", "210987654321"], assumed.Select(record => record["recipientAccountId"]!.GetValue<string>()).Order());
        Assert.Single(assumed.Select(record => record["sharedEventID"]!.GetValue<string>()).Distinct());
        Equal("""{"targetPrincipal":"210987654321","taskPolicyArn":{"arn":"arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"}}""", assumed[0]["requestParameters"]!);
        Assert.DoesNotContain("secretAccessKey", assumed[0].ToJsonString(), StringComparison.Ordinal);
        var identity = trail[^1]["userIdentity"]!;
        Assert.Equal(("Root", "210987654321", "true"), (identity["type"]!.GetValue<string>(), identity["principalId"]!.GetValue<string>(), identity["sessionContext"]!["assumedRoot"]!.GetValue<string>()));
        Assert.Equal("210987654321", trail[^1]["recipientAccountId"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("its user made again")]
    public async Task A_federated_session_ends_with_the_key_it_was_made_with(string ending)
    {
        await using var bench = await StartAsync();
        var bob = KeyOf(Shown.Of((await bench.CallAsync("GetFederationToken", ("Name", "bob"))).Response!));
        Assert.Null((await bench.CallAsync(bob, "GetCallerIdentity")).Error);
        var home = await bench.HomeAsync();
        if (ending == "deactivated")
            await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.AccessKey, home.FindAccessKey("ADMINKEYEXAMPLE1")! with { IsActive = false });
        else
            await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.User, home.FindUser("admin")! with { Id = "AIDAANOTHER" });
        Assert.Equal("InvalidClientTokenId", (await bench.CallAsync(bob, "GetCallerIdentity")).Error?.Code);
    }

    private static async Task<PipelineBench> StartAsync()
    {
        var bench = await PipelineBench.StartAsync();
        foreach (var name in new[] { "first", "second" })
        {
            await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, new Role
            {
                Name = name,
                Path = "/",
                Id = "AROAEXAMPLE" + name.ToUpperInvariant(),
                Created = default,
                Trust = new TrustPolicy(Trust(), new Dictionary<string, string>()),
                Inline = [new InlinePolicy("rights", Allow("*"))],
            });
        }
        return bench;
    }

    private static async Task<(string Id, string Secret, string? Token)> AssumeAsync(PipelineBench bench, string role, (string Id, string Secret, string? Token)? key, params (string, string)[] more)
    {
        var answer = key is { } session
            ? await bench.CallAsync(session, "AssumeRole", [.. Parameters(role), .. more])
            : await bench.CallAsync("AssumeRole", [.. Parameters(role), .. more]);
        Assert.Null(answer.Error);
        return KeyOf(Shown.Of(answer.Response!));
    }

    private static (string Id, string Secret, string? Token) KeyOf(JsonNode response)
    {
        var credentials = response["Credentials"]!;
        return (credentials["AccessKeyId"]!.GetValue<string>(), credentials["SecretAccessKey"]!.GetValue<string>(), credentials["SessionToken"]!.GetValue<string>());
    }

    private static (string, string)[] Parameters(string role) => [("RoleArn", ArnOf(role)), ("RoleSessionName", "session")];

    private static void Equal(string expected, JsonNode actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual.ToJsonString());
}
