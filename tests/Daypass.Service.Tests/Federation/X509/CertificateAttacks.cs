using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>Every row of the catalogue against the whole pipeline: refused, nothing issued, in the trail or counted for it, and nothing broke inside.</summary>
public sealed class CertificateAttacks
{
    private static readonly ApiAction CreateSession = new ActionCatalog().All.Single(action => action.Name == "CreateSession");

    public static TheoryData<string> Attacks => [.. BrokenCertificates.All.Keys];

    [Theory, MemberData(nameof(Attacks))]
    public async Task A_broken_certificate_or_call_is_refused_and_the_refusal_is_recorded(string attack)
    {
        await using var world = await AnywhereWorld.StartAsync();
        var row = BrokenCertificates.All[attack];
        var before = (await world.Bench.TrailAsync()).Count;
        var refused = await world.RefusalAsync(row.Make(world));
        Assert.Equal(row.Code, refused.Code);
        Assert.Contains(row.Says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.True(refused.Message.Length < 1024);
        var recorded = (await world.Bench.TrailAsync()).Skip(before).ToList();
        var counted = world.Bench.Refusals.Take(PipelineBench.Account, world.Now, new SeededEntropy(7)).ToList();
        Assert.Equal((row.IsNamed ? 1 : 0, row.IsNamed ? 0 : 1), (recorded.Count, counted.Count));
        var record = row.IsNamed ? recorded[0] : JsonNode.Parse(counted[0].Record.Span)!;
        Assert.Equal("CreateSession", (string?)record["eventName"]);
        Assert.Equal("rolesanywhere.amazonaws.com", (string?)record["eventSource"]);
        Assert.Equal(CreateSession.Service.CodeOf(refused), (string?)record["errorCode"]);
        Assert.Null(record["responseElements"]);
        Assert.Empty((await world.DoAsync("ListSessions"))["Sessions"]!.AsArray());
        if (row.IsNamed)
            Assert.Equal("O=Example,OU=Build,CN=web-1.example.com", (string?)record["userIdentity"]!["userName"]);
    }

    // No path to a root then, and the library looks at such paths in another way.
    [Theory, MemberData(nameof(Attacks))]
    public async Task It_is_refused_as_well_where_the_anchor_is_an_intermediate_authority(string attack)
    {
        await using var world = await AnywhereWorld.StartAsync(now => TestCertificate.Root(now, CertificateShape.Authority("CN=Top,O=Example")).Issue(now, CertificateShape.Authority("CN=Workload CA,O=Example")));
        await world.GetAsync(world.ShowGood());
        var row = BrokenCertificates.All[attack];
        Assert.Equal(row.Code, (await world.RefusalAsync(row.Make(world))).Code);
        Assert.Empty(world.Bench.Failures);
    }

    [Fact]
    public async Task The_same_without_the_fault_is_taken()
    {
        await using var world = await AnywhereWorld.StartAsync();
        await world.GetAsync(world.ShowGood());
        await world.GetAsync(world.ShowGood() with { SignedAgo = TimeSpan.FromSeconds(300) });
        var sub = world.Root.Issue(world.Now, CertificateShape.Authority("CN=Sub", pathLength: 0));
        await world.GetAsync(world.Show(sub.Issue(world.Now, new CertificateShape { AlternativeNames = names => names.AddDnsName("web.example.com") }), sub.Certificate));
        await world.GetAsync(world.ShowGood(new CertificateShape { NewKey = () => System.Security.Cryptography.RSA.Create(2048) }));
        await world.GetAsync(world.ShowGood(new CertificateShape { NewKey = () => System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP521) }));
        await world.GetAsync(world.ShowGood(new CertificateShape { ExtendedKeyUsage = null }));
        var bound = world.Root.Issue(world.Now, CertificateShape.Authority("CN=Sub") with { More = [BrokenCertificates.OnlyOrganization("O=Example")] });
        await world.GetAsync(world.Show(bound.Issue(world.Now), bound.Certificate));
        bound = world.Root.Issue(world.Now, CertificateShape.Authority("CN=Sub") with { More = [BrokenCertificates.OnlyExample] });
        foreach (var name in (string[])["CN=web-1.example.com", "CN=Web.Example.com", "CN=web-1"])
            await world.GetAsync(world.Show(bound.Issue(world.Now, new CertificateShape { Subject = new X500DistinguishedName(name), AlternativeNames = names => { names.AddDnsName("web.example.com"); names.AddDnsName("web-1.example.com"); } }), bound.Certificate));
        await world.GetAsync(world.ShowGood() with { ByHand = new HandSigning() });
        await world.GetAsync(world.ShowGood(new CertificateShape { NewKey = () => System.Security.Cryptography.RSA.Create(2048) }) with { ByHand = new HandSigning(), Chain = [world.Root.Certificate] });
    }

    /// <summary>The confused deputy: whoever has an anchor of his own gets nothing of another account's, not even when the profiles and roles there are open to Roles Anywhere.</summary>
    [Fact]
    public async Task An_anchor_opens_nothing_of_another_account()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var other = AccountId.Of(999988887777);
        var home = await world.Bench.HomeAsync();
        await world.Bench.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{other}", Name = "Other", Email = "o@example.com", Created = default });
        await world.Bench.PutAsync(SetId.Of(other), DocumentKinds.Role, home.Documents.All(DocumentKinds.Role).Single(role => role.Name == "web"));
        var theirs = AnywhereWorld.RoleArn.Replace($"{home.Account}", $"{other}", StringComparison.Ordinal);
        var profile = home.Documents.All(DocumentKinds.AnywhereProfile).Single();
        await world.Bench.PutAsync(SetId.Of(other), DocumentKinds.AnywhereProfile, profile with { Roles = [theirs, AnywhereWorld.RoleArn] });
        var theirProfile = profile.ArnIn(other).ToString();
        var recorded = (await world.Bench.TrailAsync()).Count;
        foreach (var role in (string[])[theirs, AnywhereWorld.RoleArn])
            Assert.Equal("ResourceNotFoundException", (await world.RefusalAsync(world.ShowGood() with { Profile = theirProfile, Role = role })).Code);
        // What no action would write: a profile here with a role of theirs.
        await world.Bench.PutAsync(SetId.Of(home.Account), DocumentKinds.AnywhereProfile, profile with { Roles = [theirs] });
        Assert.StartsWith("Not authorized to perform sts:AssumeRole", (await world.RefusalAsync(world.ShowGood() with { Role = theirs })).Message, StringComparison.Ordinal);
        Assert.Equal("ResourceNotFoundException", (await world.RefusalAsync(world.ShowGood() with { TrustAnchor = world.TrustAnchorArn.Replace($"{home.Account}", $"{other}", StringComparison.Ordinal) })).Code);
        Assert.Equal(["ResourceNotFoundException", "ResourceNotFoundException", "AccessDeniedException"], (await world.Bench.TrailAsync()).Skip(recorded).Select(record => (string?)record["errorCode"]));
        Assert.Empty((await world.DoAsync("ListSessions"))["Sessions"]!.AsArray());
    }

    [Fact]
    public async Task A_source_that_is_refused_again_and_again_is_turned_away_however_good_its_certificate_is()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var shown = world.ShowGood() with { Role = "arn:aws:iam::123456789012:role/other" };
        var last = "";
        for (var i = 0; i < 600 && last != "Throttling"; i++)
            last = (await world.RefusalAsync(shown)).Code;
        Assert.Equal("Throttling", last);
        Assert.Equal("Throttling", (await world.RefusalAsync(world.ShowGood())).Code);
        world.Bench.FromAnotherSource();
        await world.GetAsync(world.ShowGood());
    }

    [Theory]
    [InlineData("anchor", "Untrusted certificate. The trust anchor is disabled.")]
    [InlineData("profile", "The profile is disabled.")]
    [InlineData("role", "Not authorized to perform sts:AssumeRole")]
    [InlineData("trust", "Not authorized to perform sts:AssumeRole")]
    [InlineData("tags", "Not authorized to perform sts:TagSession")]
    [InlineData("identity", "Not authorized to perform sts:SetSourceIdentity")]
    [InlineData("subject", "Not authorized to perform sts:AssumeRole")]
    [InlineData("source", "Not authorized to perform sts:AssumeRole")]
    public async Task What_the_account_takes_back_ends_new_sessions_and_the_trail_says_whose(string what, string says)
    {
        await using var world = await AnywhereWorld.StartAsync();
        await world.GetAsync(world.ShowGood());
        await TakeBackAsync(world, what);
        var refused = await world.RefusalAsync(world.ShowGood());
        Assert.Equal(("AccessDenied", 403, says), (refused.Code, refused.Status, refused.Message.Split(" Encoded")[0]));
        var record = (await world.Bench.TrailAsync())[^1];
        Assert.Equal("AccessDeniedException", (string?)record["errorCode"]);
        Assert.Equal("web-1.example.com", ((string?)record["requestParameters"]!["x509Certificate"]!["subject"])!.Split("CN=")[1]);
    }

    private static Task TakeBackAsync(AnywhereWorld world, string what) => what switch
    {
        "anchor" => world.DoAsync("DisableTrustAnchor", ("trustAnchorId", AnywhereWorld.IdOf(world.TrustAnchorArn))),
        "profile" => world.DoAsync("DisableProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn))),
        "role" => world.DoAsync("UpdateProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn)), ("roleArns.member.1", "arn:aws:iam::123456789012:role/gone"), ("roleArns.member.2", AnywhereWorld.RoleArn))
            .ContinueWith(_ => world.PutRoleAsync("web", Trusting("ec2.amazonaws.com")), TaskScheduler.Default).Unwrap(),
        "trust" => world.PutRoleAsync("web", AnywhereWorld.Trust.Replace("sts:AssumeRole", "sts:GetFederationToken", StringComparison.Ordinal)),
        "tags" => world.PutRoleAsync("web", AnywhereWorld.Trust.Replace("sts:TagSession", "sts:GetFederationToken", StringComparison.Ordinal)),
        "identity" => world.PutRoleAsync("web", AnywhereWorld.Trust.Replace("sts:SetSourceIdentity", "sts:GetFederationToken", StringComparison.Ordinal)),
        "subject" => world.PutRoleAsync("web", If("""{"StringEquals":{"aws:PrincipalTag/x509Subject/CN":"web-2.example.com"}}""")),
        _ => world.PutRoleAsync("web", If("""{"ArnEquals":{"aws:SourceArn":"arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/other"}}""")),
    };

    private static string Trusting(string service) => AnywhereWorld.Trust.Replace("rolesanywhere.amazonaws.com", service, StringComparison.Ordinal);

    private static string If(string condition) => new StringBuilder(AnywhereWorld.Trust.TrimEnd()).Replace("]} }", $$"""],"Condition":{{condition}} } }""").ToString();
}
