using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Daypass.Service.Federation.X509;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Service.Usage;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>GetSubject and ListSubjects: who came by certificate, without a session ever waiting for it or a stranger filling it.</summary>
public sealed class SubjectsOfCertificates
{
    private static readonly string[] Summary = ["subjectArn", "subjectId", "enabled", "x509Subject", "lastSeenAt", "createdAt", "updatedAt"];

    [Fact]
    public async Task A_session_makes_its_subject_known_and_says_which_it_is()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var shown = world.ShowGood() with { More = [("instanceProperties.host", "web-1")] };
        var arn = (string)Shown.Of((await world.CreateAsync(shown)).Response!)["subjectArn"]!;
        var subject = await GetAsync(world, arn);
        Assert.Equal([.. Summary, "credentials", "instanceProperties"], subject.AsObject().Select(member => member.Key));
        Assert.Equal((arn, AnywhereWorld.IdOf(arn), true), ((string?)subject["subjectArn"], (string?)subject["subjectId"], (bool)subject["enabled"]!));
        Assert.Equal("O=Example,OU=Build,CN=web-1.example.com", (string?)subject["x509Subject"]);
        var credential = Assert.Single(subject["credentials"]!.AsArray())!;
        Assert.Equal(["seenAt", "serialNumber", "issuer", "enabled", "x509CertificateData", "failed"], credential.AsObject().Select(member => member.Key));
        Assert.Equal((shown.Certificate.SerialNumber.ToLowerInvariant(), "O=Example,CN=Workload CA", true, false), ((string?)credential["serialNumber"], (string?)credential["issuer"], (bool)credential["enabled"]!, (bool)credential["failed"]!));
        Assert.Equal(shown.Certificate.ExportCertificatePem(), (string?)credential["x509CertificateData"]);
        var instance = Assert.Single(subject["instanceProperties"]!.AsArray())!;
        Assert.Equal(("web-1", false), ((string?)instance["properties"]!["host"], (bool)instance["failed"]!));
        Assert.Equal(subject["lastSeenAt"]!.ToJsonString(), instance["seenAt"]!.ToJsonString());
        var listed = Assert.Single((await world.DoAsync("ListSubjects"))["subjects"]!.AsArray())!;
        Assert.Equal(Summary, listed.AsObject().Select(member => member.Key));
        Assert.All(Summary, member => Assert.Equal(subject[member]!.ToJsonString(), listed[member]!.ToJsonString()));
    }

    [Fact]
    public async Task A_renewed_certificate_is_the_same_subject_and_another_name_is_another()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var (first, second) = (world.ShowGood(), world.ShowGood());
        var arn = await SubjectOfAsync(world, first);
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(arn, await SubjectOfAsync(world, second));
        Assert.NotEqual(arn, await SubjectOfAsync(world, world.ShowGood(new CertificateShape { Subject = new X500DistinguishedName("CN=web-2.example.com,OU=Build,O=Example") })));
        var subject = await GetAsync(world, arn);
        Assert.Equal([second, first], subject["credentials"]!.AsArray().Select(each => new[] { first, second }.Single(shown => shown.Certificate.SerialNumber.ToLowerInvariant() == (string?)each!["serialNumber"])));
        Assert.NotEqual(subject["createdAt"]!.ToJsonString(), subject["lastSeenAt"]!.ToJsonString());
        Assert.Equal(2, (await world.DoAsync("ListSubjects"))["subjects"]!.AsArray().Count);
    }

    [Fact]
    public async Task Whoever_is_refused_by_name_is_shown_as_refused_until_he_gets_in()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var shown = world.ShowGood();
        await world.DoAsync("DisableProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn)));
        await world.RefusalAsync(shown);
        var arn = (string)Assert.Single((await world.DoAsync("ListSubjects"))["subjects"]!.AsArray())!["subjectArn"]!;
        Assert.True((bool)(await GetAsync(world, arn))["credentials"]![0]!["failed"]!);
        await world.DoAsync("EnableProfile", ("profileId", AnywhereWorld.IdOf(world.ProfileArn)));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(arn, await SubjectOfAsync(world, shown));
        Assert.False((bool)(await GetAsync(world, arn))["credentials"]![0]!["failed"]!);
    }

    /// <summary>Else anybody could write into the register whatever a certificate holds.</summary>
    [Fact]
    public async Task A_certificate_that_no_anchor_vouches_for_leaves_nothing()
    {
        await using var world = await AnywhereWorld.StartAsync();
        foreach (var attack in BrokenCertificates.All.Values.Where(row => !row.IsNamed))
            await world.RefusalAsync(attack.Make(world));
        Assert.Empty((await world.DoAsync("ListSubjects"))["subjects"]!.AsArray());
    }

    [Fact]
    public async Task A_credential_is_enabled_as_long_as_it_could_get_in_again()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var shown = world.ShowGood(new CertificateShape { ValidTo = TimeSpan.FromHours(2) });
        var arn = await SubjectOfAsync(world, shown);
        Assert.Equal((true, true), await EnabledAsync(world, arn));
        var list = (string)(await world.ImportAsync(world.Root.Crl(world.Now, null, shown.Certificate)))["crl"]!["crlId"]!;
        Assert.Equal((false, false), await EnabledAsync(world, arn));
        await world.DoAsync("DeleteCrl", ("crlId", list));
        await world.ImportAsync(world.Root.Crl(world.Now));
        Assert.Equal((true, true), await EnabledAsync(world, arn));
        await world.DoAsync("DisableTrustAnchor", ("trustAnchorId", AnywhereWorld.IdOf(world.TrustAnchorArn)));
        Assert.Equal((false, false), await EnabledAsync(world, arn));
        await world.DoAsync("EnableTrustAnchor", ("trustAnchorId", AnywhereWorld.IdOf(world.TrustAnchorArn)));
        await SubjectOfAsync(world, world.ShowGood());
        world.Time.Advance(TimeSpan.FromHours(2));
        Assert.True((await EnabledAsync(world, arn)).Subject);
        Assert.Equal([true, false], (await GetAsync(world, arn))["credentials"]!.AsArray().Select(each => (bool)each!["enabled"]!).OrderDescending());
    }

    [Fact]
    public async Task Subjects_come_in_pages()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var expected = new List<string>();
        for (var i = 0; i < 5; i++)
            expected.Add(await SubjectOfAsync(world, world.ShowGood(new CertificateShape { Subject = new X500DistinguishedName($"CN=web-{i}") })));
        var seen = new List<string>();
        string? token = null;
        do
        {
            var answer = await world.DoAsync("ListSubjects", [("pageSize", "2"), .. token is null ? Array.Empty<(string, string)>() : [("nextToken", token)]]);
            Assert.InRange(answer["subjects"]!.AsArray().Count, 1, 2);
            seen.AddRange(answer["subjects"]!.AsArray().Select(subject => (string)subject!["subjectArn"]!));
            token = (string?)answer["nextToken"];
        }
        while (token is not null);
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Policies_name_a_subject_by_its_ARN_and_by_its_tags()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var (one, other) = (await SubjectOfAsync(world, world.ShowGood()), await SubjectOfAsync(world, world.ShowGood(new CertificateShape { Subject = new X500DistinguishedName("CN=other") })));
        await world.DoAsync("TagResource", ("resourceArn", other), ("tags.member.1.key", "team"), ("tags.member.1.value", "web"));
        var key = await world.UserKeyAsync($$"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":"rolesanywhere:GetSubject","Resource":"{{one}}"},
              {"Effect":"Allow","Action":"rolesanywhere:GetSubject","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"web"} } }]}
            """);
        Assert.Null((await world.Bench.CallAsync(key, "GetSubject", ("subjectId", AnywhereWorld.IdOf(one)))).Error);
        Assert.Null((await world.Bench.CallAsync(key, "GetSubject", ("subjectId", AnywhereWorld.IdOf(other)))).Error);
        await world.DoAsync("UntagResource", ("resourceArn", other), ("tagKeys.member.1", "team"));
        Assert.Equal("AccessDenied", (await world.Bench.CallAsync(key, "GetSubject", ("subjectId", AnywhereWorld.IdOf(other)))).Error!.Code);
        Assert.Equal("AccessDenied", (await world.Bench.CallAsync(key, "ListSubjects")).Error!.Code);
        Assert.Empty((await world.Bench.HomeAsync()).Documents.All(Daypass.Service.Directories.DocumentKinds.SubjectTags));
        Assert.Empty((await world.DoAsync("ListTagsForResource", ("resourceArn", other)))["tags"]!.AsArray());
    }

    [Fact]
    public async Task A_subject_that_never_came_is_not_there_and_has_no_tags()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var arn = Subject.ArnOf(PipelineBench.Account, Subject.IdOf(PipelineBench.Account, "CN=nobody")).ToString();
        Assert.Equal("ResourceNotFoundException", (await world.RefusedAsync("GetSubject", ("subjectId", AnywhereWorld.IdOf(arn)))).Code);
        Assert.Equal("ResourceNotFoundException", (await world.RefusedAsync("TagResource", ("resourceArn", arn), ("tags.member.1.key", "a"), ("tags.member.1.value", "b"))).Code);
        Assert.Equal("ResourceNotFoundException", (await world.RefusedAsync("ListTagsForResource", ("resourceArn", arn))).Code);
    }

    [Fact]
    public async Task Sessions_do_not_wait_for_the_store_and_are_written_once_in_a_while()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var (notes, isAway) = (0, true);
        world.Bench.Store.OnCall = call => call != "note" ? Task.CompletedTask : isAway ? Task.FromException(new StoreUnavailableException("away")) : Task.FromResult(notes++);
        var shown = world.ShowGood();
        for (var i = 0; i < 3; i++)
            await world.GetAsync(shown);
        await world.Bench.Subjects.FlushAsync(default);
        isAway = false;
        await world.Bench.Subjects.FlushAsync(default);
        await world.GetAsync(shown);
        await world.Bench.Subjects.FlushAsync(default);
        Assert.Equal(1, notes);
        world.Time.Advance(SubjectRegister.Step);
        await world.GetAsync(world.ShowGood() with { Certificate = shown.Certificate, Key = shown.Key });
        await world.Bench.Subjects.FlushAsync(default);
        Assert.Equal(2, notes);
    }

    [Fact]
    public async Task What_another_node_noted_is_shown_here()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var arn = await SubjectOfAsync(world, world.ShowGood());
        var other = new SubjectRegister(world.Bench.Store, world.Time);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        other.Note(PipelineBench.Account, Certificate("O=Example,OU=Build,CN=web-1.example.com", "elsewhere", world), isLetIn: false);
        await other.FlushAsync(default);
        Assert.Equal([true, false], (await GetAsync(world, arn))["credentials"]!.AsArray().Select(each => (bool)each!["failed"]!));
    }

    /// <summary>The register is for those who work with the account, however many try.</summary>
    [Fact]
    public async Task Of_those_who_are_refused_only_so_many_wait_to_be_written()
    {
        await using var world = await AnywhereWorld.StartAsync();
        var written = 0;
        world.Bench.Store.OnCall = call => call == "note" ? Task.FromResult(written++) : Task.CompletedTask;
        for (var i = 0; i < SubjectRegister.MostWaitingForRefused + 100; i++)
            world.Bench.Subjects.Note(PipelineBench.Account, Certificate($"CN={i}", $"{i}", world), isLetIn: false);
        world.Bench.Subjects.Note(PipelineBench.Account, Certificate("CN=good", "good", world), isLetIn: true);
        await world.Bench.Subjects.FlushAsync(default);
        var all = await world.Bench.Store.FindSightingsAsync(new SightingQuery(PipelineBench.Account) { Most = int.MaxValue }, default);
        Assert.Equal(SubjectRegister.MostWaitingForRefused + 1, all.Count);
        Assert.Single(all, sighting => sighting.LetIn is not null);
        Assert.InRange(written, 2, 9);
    }

    private static CertificateIdentity Certificate(string subject, string fingerprint, AnywhereWorld world) =>
        new(subject, "CN=CA", "01", fingerprint, world.Now.AddDays(1), AnywhereWorld.IdOf(world.TrustAnchorArn)) { Data = world.Root.Base64 };

    private static async Task<string> SubjectOfAsync(AnywhereWorld world, ShownCertificate shown) => (string)Shown.Of((await world.CreateAsync(shown)).Response!)["subjectArn"]!;

    private static async Task<JsonNode> GetAsync(AnywhereWorld world, string arn) => (await world.DoAsync("GetSubject", ("subjectId", AnywhereWorld.IdOf(arn))))["subject"]!;

    private static async Task<(bool Subject, bool Credential)> EnabledAsync(AnywhereWorld world, string arn)
    {
        var subject = await GetAsync(world, arn);
        return ((bool)subject["enabled"]!, (bool)subject["credentials"]![0]!["enabled"]!);
    }
}
