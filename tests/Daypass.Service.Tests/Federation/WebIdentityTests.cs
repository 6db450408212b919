using System.Text.Json.Nodes;
using Daypass.Leases;
using Daypass.Service.Tests.Revocations;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation;

/// <summary>What a good token gets.</summary>
public class WebIdentityTests
{
    [Theory]
    [InlineData("RS256", "rsa")]
    [InlineData("RS384", "rsa")]
    [InlineData("RS512", "rsa")]
    [InlineData("ES256", "p256")]
    [InlineData("ES384", "p384")]
    [InlineData("ES512", "p521")]
    public async Task A_token_of_each_algorithm_gives_a_session_of_the_role(string algorithm, string keyId)
    {
        await using var world = await FederationWorld.StartAsync();
        var response = await world.GetAsync(TestIssuer.Sign(algorithm, keyId, world.Issuer.Claims()));
        Assert.Equal("alice", (string?)response["SubjectFromWebIdentityToken"]);
        Assert.Equal("app", (string?)response["Audience"]);
        Assert.Equal(FederationWorld.ArnOf(world.Issuer), (string?)response["Provider"]);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/deploy/session", (string?)response["AssumedRoleUser"]!["Arn"]);
        Assert.Equal("AROAEXAMPLEDEPLOY:session", (string?)response["AssumedRoleUser"]!["AssumedRoleId"]);
        var session = world.Open(response);
        Assert.Equal("AROAEXAMPLEDEPLOY", session.PrincipalId);
        Assert.Equal(TimeSpan.FromHours(1), session.ExpiresAt - session.IssuedAt);
        Assert.Empty(world.Bench.Failures);
    }

    [Fact]
    public async Task The_session_works_and_its_later_calls_know_the_provider_and_the_subject()
    {
        await using var world = await FederationWorld.StartAsync();
        var response = await world.GetAsync(world.Issuer.Token(("amr", new JsonArray("pwd", "mfa"))));
        var credentials = response["Credentials"]!;
        var key = ((string)credentials["AccessKeyId"]!, (string)credentials["SecretAccessKey"]!, (string?)credentials["SessionToken"]);
        var identity = await world.Bench.CallAsync(key, "GetCallerIdentity");
        Assert.Null(identity.Error);
        await world.PutPolicyAsync("""{"StringEquals":{"idp.example.com:sub":"alice","aws:FederatedProvider":"arn:aws:iam::123456789012:oidc-provider/idp.example.com"},"ForAnyValue:StringEquals":{"idp.example.com:amr":"mfa"}}""");
        Assert.Null((await world.Bench.CallAsync(key, "ListUsers")).Error);
        await world.PutPolicyAsync("""{"StringEquals":{"idp.example.com:sub":"bob"}}""");
        Assert.Equal("AccessDenied", (await world.Bench.CallAsync(key, "ListUsers")).Error?.Code);
    }

    [Fact]
    public async Task The_chain_of_the_session_begins_with_the_subject()
    {
        await using var world = await FederationWorld.StartAsync();
        var first = Assert.Single(world.Open(await world.GetAsync(world.Issuer.Token())).Chain);
        Assert.Equal("arn:aws:iam::123456789012:oidc-provider/idp.example.com alice", first.PrincipalId);
        Assert.Equal((Tokens.AncestorKind.Subject, ""), (first.Kind, first.AccessKeyId));
        Assert.Equal(world.Issuer.Now - 10, first.IssuedAt.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Tags_and_source_identity_of_the_token_mark_the_session()
    {
        await using var world = await FederationWorld.StartAsync();
        var tags = JsonNode.Parse("""{"principal_tags":{"Project":["Automation"],"team":"blue"},"transitive_tag_keys":["Project"]}""");
        var response = await world.GetAsync(world.Issuer.Token(("https://aws.amazon.com/tags", tags), ("https://aws.amazon.com/source_identity", "alice@example.com")));
        var session = world.Open(response);
        Assert.Equal("alice@example.com", session.SourceIdentity);
        Assert.Equal("alice@example.com", (string?)response["SourceIdentity"]);
        Assert.Equal([KeyValuePair.Create("Project", "Automation"), KeyValuePair.Create("team", "blue")], session.Tags);
        Assert.Equal(["Project"], session.TransitiveTagKeys);
        Assert.NotNull(response["PackedPolicySize"]);
    }

    [Fact]
    public async Task Flat_tag_claims_are_as_good_as_nested_ones()
    {
        await using var world = await FederationWorld.StartAsync();
        var response = await world.GetAsync(world.Issuer.Token(
            ("https://aws.amazon.com/tags/principal_tags/team", new JsonArray("blue")), ("https://aws.amazon.com/tags/transitive_tag_keys", new JsonArray("team"))));
        Assert.Equal([KeyValuePair.Create("team", "blue")], world.Open(response).Tags);
        Assert.Equal(["team"], world.Open(response).TransitiveTagKeys);
    }

    [Fact]
    public async Task Transitive_keys_count_from_both_forms_together()
    {
        await using var world = await FederationWorld.StartAsync();
        var response = await world.GetAsync(world.Issuer.Token(
            ("https://aws.amazon.com/tags", JsonNode.Parse("""{"principal_tags":{"team":["blue"]},"transitive_tag_keys":["team"]}""")),
            ("https://aws.amazon.com/tags/principal_tags/cost", "1"), ("https://aws.amazon.com/tags/transitive_tag_keys", new JsonArray("cost"))));
        Assert.Equal(["cost", "team"], world.Open(response).TransitiveTagKeys.Order());
    }

    [Fact]
    public async Task Tags_need_a_trust_policy_that_lets_sessions_be_tagged()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.PutRoleAsync(FederationWorld.Trust(world.Issuer, actions: "\"sts:AssumeRoleWithWebIdentity\""));
        await world.GetAsync(world.Issuer.Token());
        var tagged = await world.RefusalAsync(world.Issuer.Token(("https://aws.amazon.com/tags", JsonNode.Parse("""{"principal_tags":{"team":["blue"]}}"""))));
        Assert.Equal(("AccessDenied", "Not authorized to perform sts:TagSession"), (tagged.Code, tagged.Message));
        var named = await world.RefusalAsync(world.Issuer.Token(("https://aws.amazon.com/source_identity", "alice")));
        Assert.Equal(("AccessDenied", "Not authorized to perform sts:SetSourceIdentity"), (named.Code, named.Message));
    }

    [Theory]
    [InlineData("""{"StringEquals":{"idp.example.com:sub":"alice","idp.example.com:aud":"app"}}""", true)]
    [InlineData("""{"StringLike":{"idp.example.com:sub":"ali*"}}""", true)]
    [InlineData("""{"StringEquals":{"idp.example.com:sub":"bob"}}""", false)]
    [InlineData("""{"StringEquals":{"idp.example.com:department":"finance"}}""", true)]
    [InlineData("""{"NumericGreaterThan":{"idp.example.com:level":"3"}}""", true)]
    [InlineData("""{"NumericGreaterThan":{"idp.example.com:level":"5"}}""", false)]
    [InlineData("""{"Bool":{"idp.example.com:email_verified":"true"}}""", true)]
    [InlineData("""{"ForAnyValue:StringEquals":{"idp.example.com:groups":"admins"}}""", true)]
    [InlineData("""{"ForAnyValue:StringEquals":{"idp.example.com:groups":"owners"}}""", false)]
    [InlineData("""{"StringEquals":{"sts:RoleSessionName":"session"}}""", true)]
    [InlineData("""{"StringEquals":{"sts:RoleSessionName":"other"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:FederatedProvider":"arn:aws:iam::123456789012:oidc-provider/idp.example.com"}}""", true)]
    [InlineData("""{"Null":{"idp.example.com:address":"true"}}""", true)]
    [InlineData("""{"Null":{"aws:PrincipalArn":"true"}}""", true)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"127.0.0.1"}}""", true)]
    public async Task Every_scalar_claim_is_a_condition_key_of_the_trust_policy(string condition, bool isLetIn)
    {
        await using var world = await FederationWorld.StartAsync(condition);
        var answer = await world.AssumeAsync(world.Issuer.Token(
            ("department", "finance"), ("level", 4), ("email_verified", true), ("groups", new JsonArray("staff", "admins")), ("address", new JsonObject { ["city"] = "Bern" })));
        Assert.Equal(isLetIn ? null : "AccessDenied", answer.Error?.Code);
        if (!isLetIn)
            Assert.Equal("Not authorized to perform sts:AssumeRoleWithWebIdentity", answer.Error!.Message);
    }

    [Fact]
    public async Task An_authorized_party_is_the_audience_and_the_audience_becomes_oaud()
    {
        await using var world = await FederationWorld.StartAsync("""{"StringEquals":{"idp.example.com:aud":"app","idp.example.com:oaud":"https://api.example.com"}}""");
        var response = await world.GetAsync(world.Issuer.Token(("azp", "app"), ("aud", "https://api.example.com")));
        Assert.Equal("app", (string?)response["Audience"]);
    }

    [Fact]
    public async Task A_list_of_audiences_is_taken_by_the_first_that_is_registered()
    {
        await using var world = await FederationWorld.StartAsync();
        Assert.Equal("second", (string?)(await world.GetAsync(world.Issuer.Token(("aud", new JsonArray("other", "second")))))["Audience"]);
    }

    [Fact]
    public async Task Durations_and_session_policies_are_those_of_every_role()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.PutRoleAsync(FederationWorld.Trust(world.Issuer), maxDuration: 3600);
        Assert.Equal(900, (world.Open(await world.GetAsync(world.Issuer.Token(), ("DurationSeconds", "900"))) is var short_ ? short_.ExpiresAt - short_.IssuedAt : default).TotalSeconds);
        Assert.Equal("ValidationError", (await world.RefusalAsync(world.Issuer.Token(), ("DurationSeconds", "3601"))).Code);
        Assert.Equal("ValidationError", (await world.RefusalAsync(world.Issuer.Token(), ("DurationSeconds", "899"))).Code);
        Assert.Equal("MalformedPolicyDocument", (await world.RefusalAsync(world.Issuer.Token(), ("Policy", "{}"))).Code);
        var limited = await world.GetAsync(world.Issuer.Token(), ("Policy", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"""));
        Assert.NotNull(limited["PackedPolicySize"]);
        Assert.NotNull(world.Open(limited).Policy);
    }

    [Fact]
    public async Task A_session_outlives_its_token_unless_the_provider_says_otherwise()
    {
        await using var outliving = await FederationWorld.StartAsync();
        Assert.Equal(3600, (outliving.Open(await outliving.GetAsync(outliving.Issuer.Token())) is var free ? free.ExpiresAt - free.IssuedAt : default).TotalSeconds);
        await using var bound = await FederationWorld.StartAsync(provider: provider => provider with { SessionsEndWithToken = true });
        Assert.Equal(600, (bound.Open(await bound.GetAsync(bound.Issuer.Token())) is var ends ? ends.ExpiresAt - ends.IssuedAt : default).TotalSeconds);
    }

    [Fact]
    public async Task The_trail_names_provider_audience_and_subject_and_never_the_token()
    {
        await using var world = await FederationWorld.StartAsync();
        var token = world.Issuer.Token();
        await world.GetAsync(token);
        var record = Assert.Single(await world.Bench.TrailAsync());
        Assert.Equal("AssumeRoleWithWebIdentity", (string?)record["eventName"]);
        var identity = record["userIdentity"]!;
        Assert.Equal("WebIdentityUser", (string?)identity["type"]);
        Assert.Equal("arn:aws:iam::123456789012:oidc-provider/idp.example.com:app:alice", (string?)identity["principalId"]);
        Assert.Equal("alice", (string?)identity["userName"]);
        Assert.Equal(FederationWorld.ArnOf(world.Issuer), (string?)identity["identityProvider"]);
        Assert.Equal("alice", (string?)record["responseElements"]!["subjectFromWebIdentityToken"]);
        Assert.DoesNotContain(token.Split('.')[2], record.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(record["responseElements"]!["credentials"]!["accessKeyId"]);
    }

    [Fact]
    public async Task Pinned_keys_serve_without_a_single_call()
    {
        var issuer = new TestIssuer();
        await using var world = await FederationWorld.StartAsync(provider: provider => provider with { PinnedKeys = issuer.KeySet }, issuer: issuer);
        await world.GetAsync(world.Issuer.Token());
        Assert.Empty(world.Network.Fetched);
    }

    [Fact]
    public async Task A_lease_carries_the_provider_and_the_subject_to_protected_services()
    {
        await using var world = await FederationWorld.StartAsync();
        Assert.Null((await world.Bench.CallAsync("RegisterService", ("Name", "shop"), ("Region", "us-east-1"))).Error);
        var credentials = (await world.GetAsync(world.Issuer.Token(("amr", new JsonArray("pwd", "mfa")))))["Credentials"]!;
        var key = ((string)credentials["AccessKeyId"]!, (string)credentials["SecretAccessKey"]!, (string?)credentials["SessionToken"]);
        var answer = await world.Bench.CallAsync("AcquireLeases", [.. Proofs.Of(key, "shop", world.Time.GetUtcNow())]);
        var lease = Lease.Deserialize((string)Shown.Of(answer.Response!)["Leases"]![0]!["Lease"]!);
        Assert.Equal("alice", lease.Keys["idp.example.com:sub"]);
        Assert.Equal(FederationWorld.ArnOf(world.Issuer), lease.Keys["aws:FederatedProvider"]);
        Assert.Equal(["pwd", "mfa"], lease.ListKeys!["idp.example.com:amr"]);
    }

    [Fact]
    public async Task A_role_that_such_a_session_assumes_is_no_web_identity_any_more()
    {
        await using var world = await FederationWorld.StartAsync();
        var credentials = (await world.GetAsync(world.Issuer.Token()))["Credentials"]!;
        var key = ((string)credentials["AccessKeyId"]!, (string)credentials["SecretAccessKey"]!, (string?)credentials["SessionToken"]);
        Assert.Null((await world.Bench.CallAsync("CreateRole", ("RoleName", "next"), ("AssumeRolePolicyDocument",
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}"""))).Error);
        var next = world.Open(Shown.Of((await world.Bench.CallAsync(key, "AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/next"), ("RoleSessionName", "next"))).Response!));
        Assert.Null(next.Federation);
        Assert.Equal([Tokens.AncestorKind.Subject, Tokens.AncestorKind.Session], next.Chain.Select(link => link.Kind));
    }
}
