using System.Text.Json.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;
using Daypass.Signing;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>daypass:ExplainFederation of certificates: what it shows is what CreateSession decides, and nobody's private key is needed.</summary>
public sealed class CertificatePreviews
{
    private static readonly string[] All =
        ["form", "leaf", "chain", "possession", "anchor", "signatures", "authorities", "validity", "usage", "names", "extensions", "path", "subject", "enabled", "revocation", "profile"];

    [Fact]
    public async Task A_good_certificate_passes_every_check_and_shows_its_attributes_as_condition_keys_and_tags()
    {
        await using var world = await AnywhereWorld.StartAsync();
        await world.ImportAsync(world.Root.Crl(world.Now));
        var shown = world.ShowGood();
        var preview = await ExplainAsync(world, shown);
        Assert.True((bool)preview["WouldBeAccepted"]!, preview.ToJsonString());
        Assert.Equal(All, Checks(preview).Select(check => (string)check["Name"]!));
        Assert.All(Checks(preview), check => Assert.Equal((string?)check["Name"] == "possession" ? "NotMade" : "Ok", (string?)check["Outcome"]));
        Assert.Equal(world.TrustAnchorArn, (string?)preview["ProviderArn"]);
        Assert.Equal(world.TrustAnchorArn, Key(preview, "aws:SourceArn"));
        Assert.Equal("Build", Key(preview, "aws:PrincipalTag/x509Subject/OU"));
        Assert.Contains(preview["SessionTags"]!.AsArray(), tag => (string?)tag!["Key"] == "x509Subject/CN" && (string?)tag["Value"] == "web-1.example.com");
        Assert.Equal(("CN=web-1.example.com", shown.Certificate.SerialNumber.ToLowerInvariant()), ((string?)preview["SourceIdentity"], (string?)preview["RoleSessionName"]));
        var role = Assert.Single(preview["Roles"]!.AsArray())!;
        Assert.Equal((AnywhereWorld.RoleArn, world.ProfileArn, true), ((string?)role["RoleArn"], (string?)role["ProfileArn"], (bool)role["IsAllowed"]!));
        Assert.Contains("held against 1 imported lists", (string?)Check(preview, "revocation")["Detail"], StringComparison.Ordinal);
        await world.GetAsync(shown);
    }

    // Those that the holder's signature decides, the form of the request, or the name that it asks for are none of a certificate's.
    public static TheoryData<string> Attacks => [.. BrokenCertificates.All.Where(row => row.Value.Code is "AccessDenied" or "ResourceNotFoundException").Select(row => row.Key)
        .Except(["two certificates", "a session name that nobody asked for", "a role of another account"])];

    [Theory, MemberData(nameof(Attacks))]
    public async Task Whatever_the_live_call_refuses_for_the_certificate_the_preview_refuses_with_the_same_error(string attack)
    {
        await using var world = await AnywhereWorld.StartAsync();
        await SameAsync(world, BrokenCertificates.All[attack].Make(world));
    }

    [Theory, MemberData(nameof(Attacks))]
    public async Task So_it_does_where_the_anchor_is_an_intermediate_authority(string attack)
    {
        await using var world = await AnywhereWorld.StartAsync(now => TestCertificate.Root(now, CertificateShape.Authority("CN=Top,O=Example")).Issue(now, CertificateShape.Authority("CN=Workload CA,O=Example")));
        await SameAsync(world, BrokenCertificates.All[attack].Make(world));
    }

    public static TheoryData<string> States => [.. Taken.Keys];

    private static readonly Dictionary<string, Func<AnywhereWorld, ShownCertificate, Task>> Taken = new(StringComparer.Ordinal)
    {
        ["revoked"] = (world, shown) => world.ImportAsync(world.Root.Crl(world.Now, null, shown.Certificate)),
        ["a list that has expired"] = async (world, _) => { await world.ImportAsync(world.Root.Crl(world.Now, TimeSpan.FromHours(1))); world.Time.Advance(TimeSpan.FromHours(1)); },
        ["the anchor disabled"] = (world, _) => world.DoAsync("DisableTrustAnchor", ("trustAnchorId", AnywhereWorld.IdOf(world.TrustAnchorArn))),
        ["the profile disabled"] = (world, _) => world.DoAsync("DisableProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn))),
        ["the role trusts others"] = (world, _) => world.PutRoleAsync("web", AnywhereWorld.Trust.Replace("rolesanywhere.amazonaws.com", "ec2.amazonaws.com", StringComparison.Ordinal)),
        ["no tags"] = (world, _) => world.PutRoleAsync("web", AnywhereWorld.Trust.Replace("sts:TagSession", "sts:GetFederationToken", StringComparison.Ordinal)),
        ["no source identity"] = (world, _) => world.PutRoleAsync("web", AnywhereWorld.Trust.Replace("sts:SetSourceIdentity", "sts:GetFederationToken", StringComparison.Ordinal)),
        ["attributes that the profile does not take"] = async (world, _) =>
        {
            await world.PutRoleAsync("web", AnywhereWorld.Trust.Replace("]} }", "],\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/x509Subject/OU\":\"Build\"}}} }", StringComparison.Ordinal));
            await world.DoAsync("DeleteAttributeMapping", ("profileId", AnywhereWorld.IdOf(world.ProfileArn)), ("certificateField", "x509Subject"));
        },
    };

    [Theory, MemberData(nameof(States))]
    public async Task What_the_account_takes_back_shows_in_the_preview_as_the_live_call_says_it(string state)
    {
        await using var world = await AnywhereWorld.StartAsync();
        var shown = world.ShowGood();
        Assert.True((bool)(await ExplainAsync(world, shown))["WouldBeAccepted"]!);
        await Taken[state](world, shown);
        await SameAsync(world, shown);
    }

    [Fact]
    public async Task Every_fault_of_a_certificate_is_told_at_once()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var shown = world.ShowGood(new CertificateShape { ValidFrom = TimeSpan.FromDays(-9), ValidTo = TimeSpan.FromSeconds(-1), ExtendedKeyUsage = "1.3.6.1.5.5.7.3.1", KeyUsage = null });
        await world.ImportAsync(world.Root.Crl(world.Now, null, shown.Certificate));
        await world.DoAsync("DisableTrustAnchor", ("trustAnchorId", AnywhereWorld.IdOf(world.TrustAnchorArn)));
        Assert.Equal(["leaf", "validity", "usage", "enabled", "revocation"], Checks(await ExplainAsync(world, shown)).Where(check => (string?)check["Outcome"] == "No").Select(check => (string)check["Name"]!));
    }

    [Fact]
    public async Task Without_a_name_the_anchor_is_the_one_that_vouches_for_it_and_every_profile_is_asked()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var other = TestCertificate.Root(world.Now, CertificateShape.Authority("CN=Other CA"));
        var arn = (string)(await world.DoAsync("CreateTrustAnchor", [.. AnywhereWorld.Anchor("other", other.Pem)]))["trustAnchor"]!["trustAnchorArn"]!;
        await world.PutRoleAsync("idle");
        await world.PutRoleAsync("unrelated", AnywhereWorld.Trust.Replace("rolesanywhere.amazonaws.com", "ec2.amazonaws.com", StringComparison.Ordinal));
        await world.DoAsync("CreateProfile", ("name", "off"), ("roleArns.member.1", AnywhereWorld.RoleArn), ("roleArns.member.2", "arn:aws:iam::123456789012:role/gone"));
        var preview = await ExplainAsync(world, world.Show(other.Issue(world.Now)), isNamed: false);
        Assert.Equal(arn, (string?)preview["ProviderArn"]);
        Assert.True((bool)preview["WouldBeAccepted"]!);
        var roles = preview["Roles"]!.AsArray().Select(role => ((string?)role!["RoleArn"], (bool)role["IsAllowed"]!, (string?)role["Refusal"])).ToList();
        Assert.Equal([(AnywhereWorld.RoleArn, true, null), ("arn:aws:iam::123456789012:role/gone", false, "The profile is disabled."), ("arn:aws:iam::123456789012:role/idle", false, "No profile lists the role."), (AnywhereWorld.RoleArn, false, "The profile is disabled.")], roles);
    }

    [Fact]
    public async Task Nothing_is_issued_and_whoever_may_not_ask_is_told_nothing()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var shown = world.ShowGood();
        Assert.Null((await ExplainAsync(world, shown))["Credentials"]);
        var record = (await world.Bench.TrailAsync())[^1];
        Assert.Equal("ExplainFederation", (string?)record["eventName"]);
        Assert.DoesNotContain(Convert.ToBase64String(shown.Certificate.RawData)[..40], record.ToJsonString(), StringComparison.Ordinal);
        var user = await world.UserKeyAsync("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"rolesanywhere:*","Resource":"*"} }""");
        Assert.Equal("AccessDenied", (await world.Bench.CallAsync(user, "ExplainFederation", ("Certificate", Convert.ToBase64String(shown.Certificate.RawData)))).Error?.Code);
    }

    [Theory]
    [InlineData("TrustAnchorArn")]
    [InlineData("ProfileArn")]
    [InlineData("CertificateChain")]
    public async Task What_goes_with_a_certificate_goes_with_nothing_else(string name)
    {
        await using var world = await AnywhereWorld.StartAsync();
        Assert.Equal("ValidationError", (await world.Bench.CallAsync("ExplainFederation", ("WebIdentityToken", "a.b.c"), (name, world.TrustAnchorArn))).Error?.Code);
        Assert.Equal("ValidationError", (await world.Bench.CallAsync("ExplainFederation", ("WebIdentityToken", "a.b.c"), ("Certificate", "AAAA"))).Error?.Code);
        Assert.Equal("ValidationError", (await world.Bench.CallAsync("ExplainFederation", ("Certificate", "AAAA"), ("TrustAnchorArn", "arn:aws:iam::123456789012:role/web"))).Error?.Code);
    }

    private static async Task SameAsync(AnywhereWorld world, ShownCertificate shown)
    {
        var live = await world.RefusalAsync(shown);
        var preview = await ExplainAsync(world, shown);
        Assert.False((bool)preview["WouldBeAccepted"]!);
        var message = live.Message.Split(" Encoded")[0];
        if (Checks(preview).FirstOrDefault(check => (string?)check["Outcome"] == "No") is { } failed)
        {
            Assert.Equal(live.Code, (string?)failed["ErrorCode"]);
            Assert.StartsWith(message, (string?)failed["Detail"], StringComparison.Ordinal);
            return;
        }
        var role = Assert.Single(preview["Roles"]!.AsArray())!;
        Assert.False((bool)role["IsAllowed"]!);
        Assert.Contains(message, role["Refusal"] is { } refusal ? [(string)refusal!] : new[] { $"Not authorized to perform {(string?)role["Action"]}" });
    }

    // What the headers of the live call have, without those that the private key is needed for.
    private static async Task<JsonNode> ExplainAsync(AnywhereWorld world, ShownCertificate shown, bool isNamed = true)
    {
        List<KeyValuePair<string, string>> headers = [new(SigV4X509.CertificateHeader, Convert.ToBase64String(shown.Certificate.RawData))];
        if (shown.Chain.Count > 0)
            headers.Add(new(SigV4X509.ChainHeader, string.Join(',', shown.Chain.Select(each => Convert.ToBase64String(each.RawData)))));
        var sent = shown.Tamper(headers).ToDictionary(header => header.Key, header => header.Value);
        (string, string)[] named = isNamed ? [("TrustAnchorArn", shown.TrustAnchor), ("ProfileArn", shown.Profile), ("RoleArn", shown.Role)] : [];
        (string, string)[] chain = sent.TryGetValue(SigV4X509.ChainHeader, out var text) ? [("CertificateChain", text)] : [];
        var answer = await world.Bench.CallAsync("ExplainFederation", [("Certificate", sent[SigV4X509.CertificateHeader]), .. chain, .. named]);
        Assert.True(answer.Error is null, answer.Error?.Message);
        Assert.Empty(world.Bench.Failures);
        return Shown.Of(answer.Response!);
    }

    private static IEnumerable<JsonNode> Checks(JsonNode preview) => preview["Checks"]!.AsArray().OfType<JsonNode>();

    private static JsonNode Check(JsonNode preview, string name) => Checks(preview).Single(check => (string?)check["Name"] == name);

    private static string? Key(JsonNode preview, string name) => (string?)preview["ConditionKeys"]!.AsArray().Single(key => (string?)key!["Key"] == name)!["Values"]![0];
}
