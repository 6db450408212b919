using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>CreateSession: whose session it is, what it carries and how long, and what ends it.</summary>
public sealed class SessionByCertificate
{
    private static readonly CertificateShape Rich = new()
    {
        Subject = TestCertificate.Name(("2.5.4.6", "DE"), ("2.5.4.10", "Example, Inc."), ("2.5.4.11", "Build"), ("2.5.4.11", "Linux"), ("2.5.4.3", "web-1")),
        AlternativeNames = names =>
        {
            names.AddDnsName("web-1.example.com");
            names.AddDnsName("web.example.com");
            names.AddUri(new Uri("spiffe://example.com/web"));
        },
        Serial = [0x00, 0xAB, 0xCD],
    };

    [Fact]
    public async Task A_session_is_the_roles_named_by_the_serial_number_and_has_the_certificates_attributes_as_tags()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var entry = await world.GetAsync(world.ShowGood(Rich));
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/web/00abcd", (string?)entry["assumedRoleUser"]!["arn"]);
        Assert.Equal("AROAEXAMPLEWEB:00abcd", (string?)entry["assumedRoleUser"]!["assumedRoleId"]);
        Assert.Equal(AnywhereWorld.RoleArn, (string?)entry["roleArn"]);
        Assert.Equal("CN=web-1", (string?)entry["sourceIdentity"]);
        var session = world.Open(entry);
        Assert.Equal("CN=web-1", session.SourceIdentity);
        Assert.Null(session.Federation);
        Assert.Empty(session.TransitiveTagKeys);
        // What no tag can hold is left out (a comma), and so is what is there twice.
        Assert.Equal(
            ["x509Issuer/CN=Workload CA", "x509Issuer/O=Example", "x509SAN/DNS=web-1.example.com", "x509SAN/URI=spiffe://example.com/web", "x509Subject/C=DE", "x509Subject/CN=web-1"],
            session.Tags.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(session.IssuedAt.AddHours(1), session.ExpiresAt);
    }

    [Fact]
    public async Task The_trail_names_the_certificate_and_later_calls_its_holder()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var shown = world.ShowGood(Rich);
        var entry = await world.GetAsync(shown);
        Assert.Null((await world.Bench.CallAsync(AnywhereWorld.KeyOf(entry), "ListRoles")).Error);
        var trail = await world.Bench.TrailAsync();
        var (issued, later) = (trail[^2], trail[^1]);
        Assert.Equal(("CreateSession", "rolesanywhere.amazonaws.com"), ((string?)issued["eventName"], (string?)issued["eventSource"]));
        var certificate = issued["requestParameters"]!["x509Certificate"]!;
        Assert.Equal(@"CN=web-1,OU=Linux,OU=Build,O=Example\, Inc.,C=DE", (string?)certificate["subject"]);
        Assert.Equal("00abcd", (string?)certificate["serialNumber"]);
        Assert.Equal(shown.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant(), (string?)certificate["sha256Fingerprint"]);
        Assert.Equal("CN=web-1", (string?)issued["responseElements"]!["credentialSet"]![0]!["sourceIdentity"]);
        Assert.DoesNotContain("secretAccessKey", issued.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("CN=web-1", (string?)later["userIdentity"]!["sessionContext"]!["sourceIdentity"]);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/web/00abcd", (string?)later["userIdentity"]!["arn"]);
        Assert.Null(later["userIdentity"]!["sessionContext"]!["webIdFederationData"]);
    }

    [Theory]
    [InlineData(null, 3600, 43200, 3600)]
    [InlineData(900, 3600, 43200, 900)]
    [InlineData(7200, 3600, 43200, 3600)]
    [InlineData(7200, 43200, 3600, 3600)]
    [InlineData(null, 43200, 43200, 43200)]
    public async Task It_lasts_no_longer_than_the_request_the_profile_and_the_role_say(int? asked, int profile, int role, int expected)
    {
        await using var world = await AnywhereWorld.StartAsync();
        await world.PutRoleAsync("web", maxDuration: role);
        await world.DoAsync("UpdateProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn)), ("durationSeconds", $"{profile}"));
        var session = world.Open(await world.GetAsync(world.ShowGood() with { More = asked is null ? [] : [("durationSeconds", $"{asked}")] }));
        Assert.Equal(TimeSpan.FromSeconds(expected), session.ExpiresAt - session.IssuedAt);
    }

    [Fact]
    public async Task It_ends_with_the_certificate()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var session = world.Open(await world.GetAsync(world.ShowGood(new CertificateShape { ValidTo = TimeSpan.FromMinutes(10) })));
        Assert.Equal(TimeSpan.FromMinutes(10), session.ExpiresAt - session.IssuedAt);
    }

    [Fact]
    public async Task It_is_limited_by_the_profiles_policies()
    {
        await using var world = await AnywhereWorld.StartAsync();
        const string Policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ListRoles","Resource":"*"}}""";
        await world.DoAsync("UpdateProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn)), ("sessionPolicy", Policy));
        var key = AnywhereWorld.KeyOf(await world.GetAsync(world.ShowGood()));
        Assert.Null((await world.Bench.CallAsync(key, "ListRoles")).Error);
        Assert.Equal("AccessDenied", (await world.Bench.CallAsync(key, "ListUsers")).Error!.Code);
    }

    [Fact]
    public async Task It_is_named_by_the_caller_where_the_profile_lets_him()
    {
        await using var world = await AnywhereWorld.StartAsync();
        await world.DoAsync("UpdateProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn)), ("acceptRoleSessionName", "true"));
        var entry = await world.GetAsync(world.ShowGood() with { More = [("roleSessionName", "build-7")] });
        Assert.EndsWith(":assumed-role/web/build-7", (string?)entry["assumedRoleUser"]!["arn"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_may_ask_for_instance_properties()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var profile = (string)(await world.DoAsync("CreateProfile", ("name", "p"), ("enabled", "true"), ("requireInstanceProperties", "true"), ("roleArns.member.1", AnywhereWorld.RoleArn)))["profile"]!["profileArn"]!;
        var shown = world.ShowGood() with { Profile = profile };
        Assert.Equal("ValidationError", (await world.RefusalAsync(shown)).Code);
        await world.GetAsync(shown with { More = [("instanceProperties.host", "web-1")] });
        Assert.Equal("web-1", (string?)(await world.Bench.TrailAsync())[^1]["requestParameters"]!["instanceProperties"]!["host"]);
    }

    [Fact]
    public async Task An_intermediate_authority_may_be_the_anchor_and_then_its_own_issuer_is_none()
    {
        var now = new ManualTime().GetUtcNow();
        var root = TestCertificate.Root(now);
        var sub = root.Issue(now, CertificateShape.Authority("CN=Sub,O=Example"));
        await using var world = await AnywhereWorld.StartAsync(_ => sub);
        await world.GetAsync(world.ShowGood());
        await world.GetAsync(world.Show(sub.Issue(now), root.Certificate));
        Assert.Contains("No path", (await world.RefusalAsync(world.Show(root.Issue(now)))).Message, StringComparison.Ordinal);
        Assert.Contains("No path", (await world.RefusalAsync(world.Show(root.Issue(now), root.Certificate))).Message, StringComparison.Ordinal);
        // Of the anchor's name, and signed by somebody else.
        var other = TestCertificate.Root(now, CertificateShape.Authority("CN=Sub,O=Example"));
        Assert.Contains("signature", (await world.RefusalAsync(world.Show(other.Issue(now)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_may_change_its_key_and_keep_its_name()
    {
        var now = new ManualTime().GetUtcNow();
        var (old, young) = (TestCertificate.Root(now), TestCertificate.Root(now));
        await using var world = await AnywhereWorld.StartAsync(_ => old, $"{old.Pem}\n{young.Pem}");
        await world.GetAsync(world.Show(old.Issue(now)));
        await world.GetAsync(world.Show(young.Issue(now)));
        await world.DoAsync("UpdateTrustAnchor", [("trustAnchorId", AnywhereWorld.IdOf(world.TrustAnchorArn)), .. AnywhereWorld.Anchor("corp", young.Pem).Where(each => each.Name != "enabled")]);
        await world.GetAsync(world.Show(young.Issue(now)));
        Assert.Equal("AccessDenied", (await world.RefusalAsync(world.Show(old.Issue(now)))).Code);
    }

    [Fact]
    public async Task Mappings_say_what_becomes_a_tag()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var profile = ("profileId", AnywhereWorld.IdOf(world.ProfileArn));
        await world.DoAsync("PutAttributeMapping", profile, ("certificateField", "x509Subject"), ("mappingRules.member.1.specifier", "CN"));
        await world.DoAsync("DeleteAttributeMapping", profile, ("certificateField", "x509Issuer"));
        var mapped = await world.DoAsync("DeleteAttributeMapping", profile, ("certificateField", "x509SAN"), ("specifiers.member.1", "*"));
        Assert.Equal("x509Subject", (string?)Assert.Single(mapped["profile"]!["attributeMappings"]!.AsArray())!["certificateField"]);
        var session = world.Open(await world.GetAsync(world.ShowGood(Rich)));
        Assert.Equal("x509Subject/CN", Assert.Single(session.Tags).Key);
    }

    [Fact]
    public async Task It_ends_when_the_role_is_gone_or_its_source_identity_is_revoked()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var (first, second) = (AnywhereWorld.KeyOf(await world.GetAsync(world.ShowGood())), AnywhereWorld.KeyOf(await world.GetAsync(world.ShowGood(Rich))));
        Assert.Null((await world.Bench.CallAsync("RevokeSessions", ("SourceIdentity", "CN=web-1"))).Error);
        Assert.Equal("ExpiredToken", (await world.Bench.CallAsync(second, "GetCallerIdentity")).Error!.Code);
        Assert.Null((await world.Bench.CallAsync(first, "GetCallerIdentity")).Error);
        Assert.Null((await world.Bench.CallAsync("DeleteRolePolicy", ("RoleName", "web"), ("PolicyName", "all"))).Error);
        Assert.Null((await world.Bench.CallAsync("DeleteRole", ("RoleName", "web"))).Error);
        Assert.Equal("InvalidClientTokenId", (await world.Bench.CallAsync(first, "GetCallerIdentity")).Error!.Code);
    }

    [Fact]
    public async Task It_is_listed_traced_to_the_certificate_and_revoked_by_anchor_and_subject()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var (first, second) = (await world.GetAsync(world.ShowGood()), await world.GetAsync(world.ShowGood(Rich)));
        await world.Bench.TrailAsync();
        var listed = (await world.DoAsync("ListSessions"))["Sessions"]!.AsArray();
        Assert.Equal(new[] { first, second }.Select(entry => (string?)entry["credentials"]!["accessKeyId"]).Order(), listed.Select(session => (string?)session!["AccessKeyId"]).Order());
        Assert.All(listed, session => Assert.Equal("Subject", (string?)Assert.Single(session!["Chain"]!.AsArray())!["Kind"]));

        Assert.Null((await world.Bench.CallAsync(AnywhereWorld.KeyOf(second), "ListRoles")).Error);
        var called = (await world.Bench.TrailAsync())[^1];
        var chain = (await world.DoAsync("TraceEvent", ("EventId", (string)called["eventID"]!)));
        Assert.Contains("CreateSession", chain.ToJsonString(), StringComparison.Ordinal);

        await world.DoAsync("RevokeSessions", ("ProviderArn", world.TrustAnchorArn), ("Subject", @"CN=web-1,OU=Linux,OU=Build,O=Example\, Inc.,C=DE"));
        Assert.Equal("ExpiredToken", (await world.Bench.CallAsync(AnywhereWorld.KeyOf(second), "GetCallerIdentity")).Error!.Code);
        Assert.Null((await world.Bench.CallAsync(AnywhereWorld.KeyOf(first), "GetCallerIdentity")).Error);
        await world.DoAsync("RevokeSessions", ("ProviderArn", world.TrustAnchorArn));
        Assert.Equal("ExpiredToken", (await world.Bench.CallAsync(AnywhereWorld.KeyOf(first), "GetCallerIdentity")).Error!.Code);
    }
}
