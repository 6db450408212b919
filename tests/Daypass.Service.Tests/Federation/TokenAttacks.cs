using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Jose;
using Daypass.Service.Audit;
using Daypass.Service.Keys;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation;

/// <summary>Every row of the catalogue against the whole pipeline: refused with AWS's code, nothing issued, counted for the trail, and nothing broke inside.</summary>
public class TokenAttacks
{
    public static TheoryData<string> Attacks => [.. BrokenTokens.All.Keys];

    [Theory, MemberData(nameof(Attacks))]
    public async Task A_broken_token_is_refused_and_the_refusal_is_recorded(string attack)
    {
        await using var world = await FederationWorld.StartAsync();
        var (refusal, write) = BrokenTokens.All[attack];
        var token = write(world.Issuer);
        refusal.Check(await world.RefusalAsync(token));
        Assert.Equal(refusal.Because ?? "", BrokenTokens.ReasonOf(token, world.Issuer));
        // Whatever the token names, nobody is called but its registered issuer.
        Assert.All(world.Network.Fetched.Keys, called => Assert.StartsWith(world.Issuer.Url + "/", called, StringComparison.Ordinal));
        Assert.Empty(world.Bench.Failures);
        Assert.Empty(await world.Bench.TrailAsync());
        var summary = Assert.Single(world.Bench.Refusals.Take(PipelineBench.Account, world.Time.GetUtcNow(), new SeededEntropy(7)));
        Assert.Equal("AssumeRoleWithWebIdentity", summary.EventName);
        Assert.Contains($"\"errorCode\":\"{refusal.Code}\"", System.Text.Encoding.UTF8.GetString(summary.Record.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_token_without_its_fault_is_taken()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.GetAsync(world.Issuer.Token());
    }

    [Fact]
    public async Task A_stranger_to_the_trust_policy_is_denied_and_the_trail_says_who_it_was()
    {
        await using var world = await FederationWorld.StartAsync("""{"StringEquals":{"idp.example.com:sub":"bob"}}""");
        var refused = await world.RefusalAsync(world.Issuer.Token());
        Assert.Equal(("AccessDenied", 403, "Not authorized to perform sts:AssumeRoleWithWebIdentity"), (refused.Code, refused.Status, refused.Message));
        var record = Assert.Single(await world.Bench.TrailAsync());
        Assert.Equal("AccessDenied", (string?)record["errorCode"]);
        Assert.Equal("alice", (string?)record["userIdentity"]!["userName"]);
        Assert.Null(record["responseElements"]);
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/absent", "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")]
    [InlineData("arn:aws:iam::123456789012:role/other/deploy", "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")]
    [InlineData("arn:aws:iam::999999999999:role/deploy", "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://idp.example.com")]
    [InlineData("arn:aws:iam::123456789012:user/admin-user", "ValidationError", "Request ARN is invalid")]
    [InlineData("this-is-no-arn-of-anything", "ValidationError", "this-is-no-arn-of-anything is invalid")]
    public async Task A_role_that_is_not_there_looks_as_one_that_trusts_nobody(string role, string code, string message)
    {
        await using var world = await FederationWorld.StartAsync();
        var answer = await world.Bench.CallUnsignedAsync("AssumeRoleWithWebIdentity", ("RoleArn", role), ("RoleSessionName", "session"), ("WebIdentityToken", world.Issuer.Token()));
        Assert.Equal((code, message), (answer.Error!.Code, answer.Error.Message));
    }

    [Fact]
    public async Task Keys_of_one_issuer_prove_nothing_for_another()
    {
        await using var world = await FederationWorld.StartAsync();
        var evil = new TestIssuer("evil.example.com", world.Issuer.Now);
        world.Network.Serve(evil);
        await world.RegisterAsync(evil);
        // The evil issuer has the same key id, and its token says that it is the good one's.
        evil.Keys[0] = TestIssuer.RsaJwk("rsa", TestIssuer.OtherRsa);
        await world.GetAsync(world.Issuer.Token());
        var header = """{"alg":"RS256","kid":"rsa"}""";
        var forged = TestIssuer.SignedBy(TestIssuer.OtherRsa, header, world.Issuer.Claims().ToJsonString());
        Assert.Equal("InvalidIdentityToken", (await world.RefusalAsync(forged)).Code);
        // Its own tokens are its own: the role does not trust them.
        Assert.Equal("AccessDenied", (await world.RefusalAsync(TestIssuer.SignedBy(TestIssuer.OtherRsa, header, evil.Claims().ToJsonString()))).Code);
    }

    [Fact]
    public async Task A_claim_cannot_pass_for_a_key_of_another_issuer_or_of_the_system()
    {
        await using var world = await FederationWorld.StartAsync("""{"StringEquals":{"idp.example.com:8443:sub":"root"}}""");
        Assert.Equal("AccessDenied", (await world.RefusalAsync(world.Issuer.Token(("8443:sub", "root")))).Code);
        await world.PutRoleAsync(FederationWorld.Trust(world.Issuer, """{"StringEquals":{"idp.example.com:8443/acme:sub":"root"}}"""));
        Assert.Equal("AccessDenied", (await world.RefusalAsync(world.Issuer.Token(("8443/acme:sub", "root")))).Code);
        await world.PutRoleAsync(FederationWorld.Trust(world.Issuer, """{"StringEquals":{"aws:PrincipalOrgID":"o-example"}}"""));
        Assert.Equal("AccessDenied", (await world.RefusalAsync(world.Issuer.Token(("aws:PrincipalOrgID", "o-example"), ("PrincipalOrgID", "o-example")))).Code);
    }

    [Theory]
    [InlineData("Alice")]
    [InlineData("alice ")]
    [InlineData("\u0430lice")]
    [InlineData("alice\u200B")]
    [InlineData("\u202Eecila")]
    [InlineData("\uFF41lice")]
    [InlineData("a\u006Cice\u0301")]
    public async Task A_subject_that_only_looks_like_another_is_another(string subject)
    {
        await using var world = await FederationWorld.StartAsync("""{"StringEquals":{"idp.example.com:sub":"alice"}}""");
        await world.GetAsync(world.Issuer.Token());
        var refused = await world.RefusalAsync(world.Issuer.Token(("sub", subject)));
        Assert.Equal(("AccessDenied", 403, "Not authorized to perform sts:AssumeRoleWithWebIdentity"), (refused.Code, refused.Status, refused.Message));
        Assert.Equal(subject, (string?)(await world.Bench.TrailAsync())[^1]["userIdentity"]!["userName"]);
    }

    [Fact]
    public async Task A_deleted_provider_lets_nobody_in()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.GetAsync(world.Issuer.Token());
        Assert.Null((await world.Bench.CallAsync("DeleteOpenIDConnectProvider", ("OpenIDConnectProviderArn", FederationWorld.ArnOf(world.Issuer)))).Error);
        Assert.Contains("No OpenIDConnect provider found", (await world.RefusalAsync(world.Issuer.Token())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_sizes_are_checked_before_anything_else()
    {
        await using var world = await FederationWorld.StartAsync();
        Assert.Equal("ValidationError", (await world.RefusalAsync("x")).Code);
        var tooLong = await world.RefusalAsync(new string('x', 20_001));
        Assert.Equal("ValidationError", tooLong.Code);
        Assert.DoesNotContain("xxx", tooLong.Message, StringComparison.Ordinal);
        Assert.Equal("ValidationError", (await world.RefusalAsync(world.Issuer.Token(), ("ProviderId", "www.amazon.com"))).Code);
        Assert.Empty(world.Network.Fetched);
    }

    [Fact]
    public async Task What_is_old_foreign_or_broken_costs_no_fetch()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.RefusalAsync(world.Issuer.Token(("exp", world.Issuer.Now - 1)));
        await world.RefusalAsync(world.Issuer.Token(("iss", "https://169.254.169.254")));
        await world.RefusalAsync("a.b.c");
        Assert.Empty(world.Network.Fetched);
    }

    [Fact]
    public async Task A_source_that_is_denied_again_and_again_is_turned_away_however_good_its_tokens_are()
    {
        await using var world = await FederationWorld.StartAsync("""{"StringEquals":{"idp.example.com:sub":"bob"}}""");
        var token = world.Issuer.Token();
        var last = "";
        for (var i = 0; i < 600 && last != "Throttling"; i++)
            last = (await world.RefusalAsync(token)).Code;
        Assert.Equal("Throttling", last);
    }

    [Fact]
    public async Task A_token_of_this_installation_is_not_taken_back_whoever_registers_it()
    {
        var own = new TestIssuer("daypass.example.com/web-identity/123456789012");
        await using var world = await FederationWorld.StartAsync(issuer: own, publicUrl: "https://daypass.example.com");
        Assert.Contains("No OpenIDConnect provider found", (await world.RefusalAsync(own.Token())).Message, StringComparison.Ordinal);
        Assert.Empty(world.Network.Fetched);
    }

    [Fact]
    public async Task Nor_under_an_address_that_another_node_has_or_that_it_had_before()
    {
        var own = new TestIssuer("before.example.com/web-identity/123456789012");
        var key = ActionBench.SigningPairs.Value[KeyPurposes.WebIdentityRs256][0];
        own.Keys.Add(PublicHalf(key));
        await using var world = await FederationWorld.StartAsync(issuer: own, publicUrl: "https://daypass.example.com");
        var token = JwtWriter.Write(key.WebKey, Encoding.UTF8.GetBytes(own.Claims().ToJsonString()), key.Sign);
        Assert.Contains("No OpenIDConnect provider found", (await world.RefusalAsync(token)).Message, StringComparison.Ordinal);
        Assert.NotNull(await world.GetAsync(own.Token()));
    }

    [Fact]
    public async Task Whoever_has_good_tokens_and_no_role_fills_no_trail()
    {
        await using var world = await FederationWorld.StartAsync("""{"StringEquals":{"idp.example.com:sub":"bob"}}""");
        for (var i = 0; i < 100; i++)
            Assert.Equal("AccessDenied", (await world.RefusalAsync(world.Issuer.Token())).Code);
        var named = (await world.Bench.TrailAsync()).Count;
        Assert.InRange(named, 1, 20);
        var counted = Assert.Single(world.Bench.Refusals.Take(PipelineBench.Account, world.Time.GetUtcNow(), new SeededEntropy()));
        Assert.Equal(100 - named, (int)JsonNode.Parse(counted.Record.Span)!["serviceEventDetails"]!["refusedRequests"]!);
    }

    private static JsonObject PublicHalf(SigningKey key)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            key.WebKey.Write(json);
        return JsonNode.Parse(stream.ToArray())!.AsObject();
    }
}
