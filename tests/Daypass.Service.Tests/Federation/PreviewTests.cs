using System.Text.Json.Nodes;
using Daypass.Jose;
using Daypass.Service.Federation;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation;

/// <summary>daypass:ExplainFederation: what it shows is what the live call decides, and it leaves no trace of having been.</summary>
public class PreviewTests
{
    [Fact]
    public async Task A_good_token_passes_every_check_and_shows_its_claims_as_condition_keys_and_the_roles_that_take_it()
    {
        await using var world = await FederationWorld.StartAsync("""{"StringEquals":{"idp.example.com:sub":"alice","idp.example.com:groups":"ops"}}""");
        var shown = await ExplainAsync(world, world.Issuer.Token(("groups", "ops"), ("https://aws.amazon.com/source_identity", "alice@example.com"), ("admin", true)));
        Assert.True((bool)shown["WouldBeAccepted"]!);
        Assert.Null(shown["StoppedBy"]);
        Assert.Equal(["form", "times", "issuer", "provider", "key", "signature", "subject", "audience", "claims"], Names(shown));
        Assert.All(Checks(shown), check => Assert.Equal("Ok", (string?)check["Outcome"]));
        Assert.Equal("app", Key(shown, "idp.example.com:aud"));
        Assert.Equal("ops", Key(shown, "idp.example.com:groups"));
        Assert.Equal("true", Key(shown, "idp.example.com:admin"));
        Assert.Equal("alice@example.com", (string?)shown["SourceIdentity"]);
        var role = Assert.Single(shown["Roles"]!.AsArray())!;
        Assert.Equal((FederationWorld.RoleArn, true), ((string?)role["RoleArn"], (bool)role["IsAllowed"]!));
    }

    [Fact]
    public async Task An_expired_token_shows_how_long_ago_and_all_that_comes_after()
    {
        await using var world = await FederationWorld.StartAsync();
        var token = world.Issuer.Token();
        world.Advance(TimeSpan.FromMinutes(15));
        var shown = await ExplainAsync(world, token);
        Assert.Equal((false, "times"), ((bool)shown["WouldBeAccepted"]!, (string?)shown["StoppedBy"]));
        var times = Assert.Single(Checks(shown), check => (string?)check["Outcome"] == "No");
        Assert.Equal("ExpiredTokenException", (string?)times["ErrorCode"]);
        Assert.Contains("(5 min 0 s ago)", (string?)times["Detail"], StringComparison.Ordinal);
        Assert.True((bool)Assert.Single(shown["Roles"]!.AsArray())!["IsAllowed"]!);
    }

    [Fact]
    public async Task A_role_that_would_refuse_says_which_condition_of_which_statement()
    {
        await using var world = await FederationWorld.StartAsync("""{"StringEquals":{"idp.example.com:sub":"bob"}}""");
        var shown = await ExplainAsync(world, world.Issuer.Token());
        Assert.Equal((false, "roles"), ((bool)shown["WouldBeAccepted"]!, (string?)shown["StoppedBy"]));
        var role = Assert.Single(shown["Roles"]!.AsArray())!;
        Assert.False((bool)role["IsAllowed"]!);
        Assert.Contains("idp.example.com:sub", (string?)role["Explanation"], StringComparison.Ordinal);
        Assert.Contains("bob", (string?)role["Explanation"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_role_lacks_beyond_the_action_is_what_is_told()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.PutRoleAsync(FederationWorld.Trust(world.Issuer, actions: "\"sts:AssumeRoleWithWebIdentity\""));
        var shown = await ExplainAsync(world, world.Issuer.Token(("https://aws.amazon.com/source_identity", "alice")));
        var role = Assert.Single(shown["Roles"]!.AsArray())!;
        Assert.Equal((false, "sts:SetSourceIdentity"), ((bool)role["IsAllowed"]!, (string?)role["Action"]));
    }

    [Fact]
    public async Task Roles_that_trust_others_are_not_shown_unless_they_are_asked_for()
    {
        await using var world = await FederationWorld.StartAsync();
        Assert.Null((await world.Bench.CallAsync("CreateRole", ("RoleName", "other"), ("AssumeRolePolicyDocument",
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}"""))).Error);
        Assert.Single((await ExplainAsync(world, world.Issuer.Token()))["Roles"]!.AsArray());
        Assert.Empty((await ExplainAsync(world, world.Issuer.Token(), ("RoleArn", "arn:aws:iam::123456789012:role/other")))["Roles"] as JsonArray ?? []);
        Assert.Equal("NoSuchEntity", (await world.Bench.CallAsync("ExplainFederation", ("WebIdentityToken", world.Issuer.Token()), ("RoleArn", "arn:aws:iam::123456789012:role/absent"))).Error?.Code);
        Assert.Equal("AccessDenied", (await world.Bench.CallAsync("ExplainFederation", ("WebIdentityToken", world.Issuer.Token()), ("RoleArn", "arn:aws:iam::999999999999:role/absent"))).Error?.Code);
    }

    [Fact]
    public async Task A_trust_that_was_open_before_it_was_asked_for_is_reported()
    {
        await using var world = await FederationWorld.StartAsync(issuer: new TestIssuer("gitlab.com"));
        var role = Assert.Single((await ExplainAsync(world, world.Issuer.Token()))["Roles"]!.AsArray())!;
        Assert.True((bool)role["IsAllowed"]!);
        Assert.StartsWith("OIDC_TRUST_WITHOUT_TENANT: GitLab gives tokens to everybody", (string?)Assert.Single(role["Warnings"]!.AsArray()), StringComparison.Ordinal);
    }

    public static TheoryData<string> Attacks => [.. BrokenTokens.All.Keys];

    [Theory, MemberData(nameof(Attacks))]
    public async Task Whatever_the_live_call_refuses_the_preview_refuses_with_the_same_code(string attack)
    {
        await using var world = await FederationWorld.StartAsync();
        var (refusal, write) = BrokenTokens.All[attack];
        var token = write(world.Issuer);
        var answer = await world.Bench.CallAsync("ExplainFederation", ("WebIdentityToken", token));
        if (answer.Error is { } refused)
        {
            // Not even of the length that is read.
            Assert.Equal("ValidationError", refused.Code);
            return;
        }
        var shown = Shown.Of(answer.Response!);
        Assert.False((bool)shown["WouldBeAccepted"]!);
        Assert.Equal(refusal.Code, (string?)Checks(shown).First(check => (string?)check["Outcome"] == "No")["ErrorCode"]);
        Assert.Empty(world.Bench.Failures);
    }

    [Fact]
    public async Task Nothing_is_issued_and_the_trail_has_who_asked_and_not_the_token()
    {
        await using var world = await FederationWorld.StartAsync();
        var token = world.Issuer.Token();
        var shown = await ExplainAsync(world, token);
        Assert.Null(shown["Credentials"]);
        var record = Assert.Single(await world.Bench.TrailAsync());
        Assert.Equal(("ExplainFederation", "admin"), ((string?)record["eventName"], (string?)record["userIdentity"]!["userName"]));
        Assert.DoesNotContain(token[..40], record.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('.')[2], shown.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_that_nobody_registered_is_not_called()
    {
        await using var world = await FederationWorld.StartAsync();
        var stranger = new TestIssuer("stranger.example.com", world.Issuer.Now);
        var called = 0;
        world.Network.Put("https://stranger.example.com/.well-known/openid-configuration", _ => { called++; throw new FetchException(FetchFault.Unreachable, "called"); });
        var shown = await ExplainAsync(world, stranger.Token());
        Assert.Equal("provider", (string?)shown["StoppedBy"]);
        Assert.Equal(0, called);
        Assert.Empty(shown["ConditionKeys"] as JsonArray ?? []);
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_reached_is_said_and_does_not_hide_the_rest()
    {
        await using var world = await FederationWorld.StartAsync();
        world.Network.Fail(world.Issuer, FetchFault.Unreachable);
        var shown = await ExplainAsync(world, world.Issuer.Token());
        Assert.Equal("key", (string?)shown["StoppedBy"]);
        Assert.Equal("IDPCommunicationError", (string?)Checks(shown).Single(check => (string?)check["Name"] == "key")["ErrorCode"]);
        Assert.DoesNotContain("as the test has it", shown.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("NotMade", (string?)Checks(shown).Single(check => (string?)check["Name"] == "signature")["Outcome"]);
        Assert.True((bool)Assert.Single(shown["Roles"]!.AsArray())!["IsAllowed"]!);
    }

    [Fact]
    public async Task Who_may_not_ask_is_told_nothing_and_makes_nobody_be_called()
    {
        await using var world = await FederationWorld.StartAsync();
        Assert.Null((await world.Bench.CallAsync("CreateUser", ("UserName", "bob"))).Error);
        var key = Shown.Of((await world.Bench.CallAsync("CreateAccessKey", ("UserName", "bob"))).Response!)["AccessKey"]!;
        var called = 0;
        world.Network.Put(world.Issuer.Url + "/.well-known/openid-configuration", _ => { called++; throw new FetchException(FetchFault.Unreachable, "called"); });
        var answer = await world.Bench.CallAsync(((string)key["AccessKeyId"]!, (string)key["SecretAccessKey"]!, null), "ExplainFederation", ("WebIdentityToken", world.Issuer.Token()));
        Assert.Equal("AccessDenied", answer.Error?.Code);
        Assert.Equal(0, called);
    }

    [Fact]
    public async Task An_assertion_shows_its_attributes_and_roles_and_stays_unspent()
    {
        await using var world = await SamlWorld.StartAsync();
        await world.PutRoleAsync(SamlWorld.Trust(), name: "admin");
        var assertion = TestSaml.Good(world.Draft.With("urn:oid:0.9.2342.19200300.100.1.3", "alice@example.com").With("PrincipalTag:team", "ops"));
        var shown = Shown.Of((await world.Bench.CallAsync("ExplainFederation", ("SAMLAssertion", assertion))).Response!);
        Assert.True((bool)shown["WouldBeAccepted"]!, shown.ToJsonString());
        Assert.Equal(["form", "provider", "signature", "assertion", "issuer", "times", "metadata", "recipient", "audience", "attributes"], Names(shown));
        Assert.Equal("alice@example.com", Key(shown, "saml:mail"));
        Assert.Equal("https://signin.aws.amazon.com/saml", Key(shown, "saml:aud"));
        Assert.Equal("ops", (string?)Assert.Single(shown["SessionTags"]!.AsArray())!["Value"]);
        Assert.Equal(2, shown["OfferedRoles"]!.AsArray().Count);
        var roles = shown["Roles"]!.AsArray().ToDictionary(role => (string)role!["RoleArn"]!, role => role!);
        Assert.True((bool)roles[SamlWorld.RoleArn]["IsAllowed"]!);
        // It trusts the provider, and the provider does not offer it.
        Assert.Equal((false, false), ((bool)roles["arn:aws:iam::123456789012:role/admin"]["IsAllowed"]!, (bool)roles["arn:aws:iam::123456789012:role/admin"]["IsOffered"]!));
        await world.GetAsync(assertion);
    }

    [Fact]
    public async Task An_assertion_for_a_sign_in_host_of_its_own_is_explained_as_it_is_taken()
    {
        await using var world = await SamlWorld.StartAsync(settings: new ServiceSettings { PublicUrl = () => "https://sts.example.com", Brand = new Brand { SignInHost = "signin.example.com" } });
        var good = TestSaml.Good(world.Draft with { Recipient = "https://signin.example.com/saml", Destination = "https://signin.example.com/saml", Audience = "https://signin.example.com/saml" });
        var elsewhere = TestSaml.Good(world.Draft with { Id = "_elsewhere", Recipient = "https://sts.example.com/saml" });
        foreach (var (assertion, stoppedBy) in new[] { (good, null), (elsewhere, "recipient") })
        {
            Assert.Equal(stoppedBy, (string?)Shown.Of((await world.Bench.CallAsync("ExplainFederation", ("SAMLAssertion", assertion))).Response!)["StoppedBy"]);
            Assert.Equal(stoppedBy is null, (await world.AssumeAsync(assertion)).Error is null);
        }
    }

    [Fact]
    public async Task An_assertion_that_is_late_and_for_others_shows_both_and_one_that_is_not_the_providers_shows_nothing()
    {
        await using var world = await SamlWorld.StartAsync();
        var late = TestSaml.Good(world.Draft with { Audience = "https://other.example.com" });
        world.Time.Advance(TimeSpan.FromMinutes(6));
        var shown = Shown.Of((await world.Bench.CallAsync("ExplainFederation", ("SAMLAssertion", late))).Response!);
        Assert.Equal(["times", "audience"], Checks(shown).Where(check => (string?)check["Outcome"] == "No").Select(check => (string)check["Name"]!));
        Assert.Equal("ExpiredTokenException", (string?)Checks(shown).First(check => (string?)check["Outcome"] == "No")["ErrorCode"]);
        Assert.NotEmpty(shown["Roles"]!.AsArray());
        var forged = TestSaml.Encode(TestSaml.SignAssertion(world.Draft.Xml(), TestSaml.OtherKey));
        shown = Shown.Of((await world.Bench.CallAsync("ExplainFederation", ("SAMLAssertion", forged))).Response!);
        Assert.Equal("signature", (string?)shown["StoppedBy"]);
        Assert.DoesNotContain("alice", shown.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_fault_of_an_examination_is_the_fault_of_the_proof()
    {
        var differences = new List<string>();
        foreach (var (attack, (_, write)) in BrokenTokens.All)
        {
            var issuer = new TestIssuer(now: 1_000_000);
            if (JsonWebToken.TryParse(write(issuer), out _) is not { } token)
                continue;
            var keys = JsonWebKeySet.TryParse(System.Text.Encoding.UTF8.GetBytes(issuer.KeySet), out _) ?? JsonWebKeySet.Empty;
            var rules = new JwtRules { Issuer = issuer.Url, Audiences = ["app", "second"], Now = DateTimeOffset.FromUnixTimeSeconds(issuer.Now) };
            var verified = JwtVerifier.Verify(token, keys, rules, out var fault);
            var examined = JwtVerifier.Examine(token, keys, rules);
            if (fault != examined.First || (verified is null) != (examined.First is not null))
                differences.Add(attack);
        }
        Assert.Empty(differences);
    }

    private static async Task<JsonNode> ExplainAsync(FederationWorld world, string token, params (string Name, string Value)[] more)
    {
        var answer = await world.Bench.CallAsync("ExplainFederation", [("WebIdentityToken", token), .. more]);
        Assert.True(answer.Error is null, answer.Error?.Message);
        return Shown.Of(answer.Response!);
    }

    private static IEnumerable<JsonNode> Checks(JsonNode shown) => shown["Checks"]!.AsArray().OfType<JsonNode>();

    private static IEnumerable<string> Names(JsonNode shown) => Checks(shown).Select(check => (string)check["Name"]!);

    private static string? Key(JsonNode shown, string name) =>
        (string?)shown["ConditionKeys"]!.AsArray().Single(key => (string?)key!["Key"] == name)!["Values"]![0];
}
