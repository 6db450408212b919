using System.Security.Cryptography;
using Daypass.Service.Actions.RolesAnywhere;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>Trust anchors, profiles and their tags: who may make them, of what, and how many.</summary>
public sealed class AnywhereResources
{
    private static readonly CertificateShape Root = CertificateShape.Authority("CN=Root");

    public static TheoryData<string> Bundles => [.. Broken.Keys];

    private static readonly Dictionary<string, (string Says, Func<DateTimeOffset, string> Make)> Broken = new(StringComparer.Ordinal)
    {
        ["no certificate"] = ("no PEM certificate", _ => "hello"),
        ["a private key"] = ("is no CERTIFICATE", now => TestCertificate.Root(now).Key.ExportPkcs8PrivateKeyPem()),
        ["a private key behind the certificate"] = ("is no CERTIFICATE", now => TestCertificate.Root(now) is var root ? root.Pem + "\n" + root.Key.ExportPkcs8PrivateKeyPem() : ""),
        ["three authorities"] = ("more than 2", now => string.Join('\n', Enumerable.Range(1, 3).Select(_ => TestCertificate.Root(now).Pem))),
        ["one twice"] = ("twice", now => TestCertificate.Root(now) is var root ? root.Pem + "\n" + root.Pem : ""),
        ["a workload"] = ("not of a certification authority", now => TestCertificate.Root(now, new CertificateShape()).Pem),
        ["an authority that may not sign"] = ("keyCertSign", now => TestCertificate.Root(now, Root with { KeyUsage = System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.CrlSign }).Pem),
        ["an expired one"] = ("expired", now => TestCertificate.Root(now, Root with { ValidFrom = TimeSpan.FromDays(-9), ValidTo = TimeSpan.FromDays(-1) }).Pem),
        ["a weak key"] = ("key is not taken", now => TestCertificate.Root(now, Root with { NewKey = () => RSA.Create(1024) }).Pem),
        ["half a certificate"] = ("cannot be read", now => TestCertificate.Root(now).Pem[..200]),
    };

    [Theory, MemberData(nameof(Bundles))]
    public async Task A_bundle_has_certificates_of_authorities_and_nothing_else(string bundle)
    {
        await using var world = await AnywhereWorld.StartAsync();
        var (says, make) = Broken[bundle];
        var refused = await world.RefusedAsync("CreateTrustAnchor", [.. AnywhereWorld.Anchor("other", make(world.Now))]);
        Assert.Equal("ValidationError", refused.Code);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Single((await world.DoAsync("ListTrustAnchors"))["trustAnchors"]!.AsArray());
    }

    [Fact]
    public async Task An_anchor_of_AWSs_private_authority_is_refused_with_the_reason()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var refused = await world.RefusedAsync("CreateTrustAnchor", ("name", "x"), ("source.sourceType", "AWS_ACM_PCA"), ("source.sourceData.acmPcaArn", "arn:aws:acm-pca:us-east-1:1:x"));
        Assert.Contains("there is no private CA of AWS here", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_enabled_by_its_maker_is_not_enabled()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var anchor = (await world.DoAsync("CreateTrustAnchor", [.. AnywhereWorld.Anchor("off", world.Root.Pem).Where(each => each.Name != "enabled")]))["trustAnchor"]!;
        Assert.False((bool)anchor["enabled"]!);
        Assert.Contains("disabled", (await world.RefusalAsync(world.ShowGood() with { TrustAnchor = (string)anchor["trustAnchorArn"]! })).Message, StringComparison.Ordinal);
        await world.DoAsync("EnableTrustAnchor", ("trustAnchorId", (string)anchor["trustAnchorId"]!));
        await world.GetAsync(world.ShowGood() with { TrustAnchor = (string)anchor["trustAnchorArn"]! });
    }

    /// <summary>Else a profile would be a way to any role for whoever may make one.</summary>
    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"rolesanywhere:*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Allow","Action":["rolesanywhere:*","iam:PassRole"],"Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","Action":["rolesanywhere:*","iam:PassRole"],"Resource":"*","Condition":{"StringEqualsIfExists":{"iam:PassedToService":"ec2.amazonaws.com"}}}""", false)]
    [InlineData("""{"Effect":"Allow","Action":["rolesanywhere:*","iam:PassRole"],"NotResource":"arn:aws:iam::123456789012:role/web"}""", false)]
    public async Task Whoever_puts_a_role_into_a_profile_must_be_allowed_to_pass_it(string statement, bool isAllowed)
    {
        await using var world = await AnywhereWorld.StartAsync();
        var key = await world.UserKeyAsync($$"""{"Version":"2012-10-17","Statement":{{statement}} }""");
        var created = await world.Bench.CallAsync(key, "CreateProfile", ("name", "mine"), ("roleArns.member.1", AnywhereWorld.RoleArn));
        var updated = await world.Bench.CallAsync(key, "UpdateProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn)), ("roleArns.member.1", AnywhereWorld.RoleArn));
        Assert.Equal(isAllowed ? (null, null) : ("AccessDenied", "AccessDenied"), (created.Error?.Code, updated.Error?.Code));
        string?[] codes = isAllowed ? [null, null] : ["AccessDeniedException", "AccessDeniedException"];
        Assert.Equal(codes, (await world.Bench.TrailAsync()).TakeLast(2).Select(record => (string?)record["errorCode"]));
        Assert.Equal(isAllowed ? 2 : 1, (await world.DoAsync("ListProfiles"))["profiles"]!.AsArray().Count);
        Assert.Null((await world.Bench.CallAsync(key, "UpdateProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn)), ("name", "renamed"))).Error);
    }

    [Theory]
    [InlineData("roleArns.member.1", "arn:aws:iam::999999999999:role/web", "")]
    [InlineData("roleArns.member.1", "arn:aws:iam::123456789012:user/web", "regular expression")]
    [InlineData("sessionPolicy", "{}", "Syntax errors in policy")]
    [InlineData("managedPolicyArns.member.1", "arn:aws:iam::123456789012:policy/absent", "does not exist")]
    [InlineData("durationSeconds", "899", "greater than or equal to 900")]
    [InlineData("durationSeconds", "43201", "less than or equal to 43200")]
    public async Task A_profile_that_nobody_could_use_is_refused(string name, string value, string says)
    {
        await using var world = await AnywhereWorld.StartAsync();
        var refused = await world.RefusedAsync("UpdateProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn)), (name, value));
        Assert.Contains(refused.Code, new[] { "ValidationError", "AccessDenied" });
        Assert.Contains(says, refused.Message, StringComparison.OrdinalIgnoreCase);
        var shown = (await world.DoAsync("GetProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn))))["profile"]!;
        Assert.Equal([AnywhereWorld.RoleArn], shown["roleArns"]!.AsArray().Select(role => (string?)role));
    }

    [Fact]
    public async Task Policies_can_hang_on_tags()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var key = await world.UserKeyAsync("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"rolesanywhere:*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"web"}}}}""");
        var anchor = ("trustAnchorId", AnywhereWorld.IdOf(world.TrustAnchorArn));
        Assert.Equal("AccessDenied", (await world.Bench.CallAsync(key, "DisableTrustAnchor", anchor)).Error?.Code);
        await world.DoAsync("TagResource", ("resourceArn", world.TrustAnchorArn), ("tags.member.1.key", "team"), ("tags.member.1.value", "web"), ("tags.member.2.key", "x"), ("tags.member.2.value", ""));
        Assert.Null((await world.Bench.CallAsync(key, "DisableTrustAnchor", anchor)).Error);
        await world.DoAsync("UntagResource", ("resourceArn", world.TrustAnchorArn), ("tagKeys.member.1", "team"));
        Assert.Equal("AccessDenied", (await world.Bench.CallAsync(key, "EnableTrustAnchor", anchor)).Error?.Code);
        Assert.Equal("x", (string?)Assert.Single((await world.DoAsync("ListTagsForResource", ("resourceArn", world.TrustAnchorArn)))["tags"]!.AsArray())!["key"]);
    }

    [Fact]
    public async Task An_account_has_fifty_anchors_at_most_and_they_come_in_pages()
    {
        await using var world = await AnywhereWorld.StartAsync();
        for (var i = 1; i < AnywhereKinds.TrustAnchors.Quota; i++)
            await world.DoAsync("CreateTrustAnchor", [.. AnywhereWorld.Anchor($"anchor-{i}", world.Root.Pem)]);
        Assert.Contains("50 trust anchors", (await world.RefusedAsync("CreateTrustAnchor", [.. AnywhereWorld.Anchor("more", world.Root.Pem)])).Message, StringComparison.Ordinal);
        var seen = new HashSet<string>();
        string? token = null;
        do
        {
            (string, string)[] page = token is null ? [("pageSize", "7")] : [("pageSize", "7"), ("nextToken", token)];
            var answer = await world.DoAsync("ListTrustAnchors", page);
            Assert.All(answer["trustAnchors"]!.AsArray(), anchor => Assert.True(seen.Add((string)anchor!["trustAnchorId"]!)));
            token = (string?)answer["nextToken"];
        }
        while (token is not null);
        Assert.Equal(AnywhereKinds.TrustAnchors.Quota, seen.Count);
    }

    [Fact]
    public async Task Notification_settings_are_kept_and_shown()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var anchor = ("trustAnchorId", AnywhereWorld.IdOf(world.TrustAnchorArn));
        var put = await world.DoAsync("PutNotificationSettings", anchor, ("notificationSettings.member.1.event", "CA_CERTIFICATE_EXPIRY"), ("notificationSettings.member.1.enabled", "false"), ("notificationSettings.member.1.threshold", "10"));
        var shown = put["trustAnchor"]!["notificationSettings"]![0]!;
        Assert.Equal((false, 10, "rolesanywhere:123456789012"), ((bool)shown["enabled"]!, (int)shown["threshold"]!, (string?)shown["configuredBy"]));
        var reset = await world.DoAsync("ResetNotificationSettings", anchor, ("notificationSettingKeys.member.1.event", "CA_CERTIFICATE_EXPIRY"));
        Assert.Equal("rolesanywhere.amazonaws.com", (string?)reset["trustAnchor"]!["notificationSettings"]![0]!["configuredBy"]);
    }
}
