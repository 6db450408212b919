using System.Text.Json.Nodes;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Service.Tests.Support;
using Key = (string Id, string Secret, string? Token);

namespace Daypass.Service.Tests.Federation;

/// <summary>Putting out whom an identity provider let in: by the provider and its subject, with all that came of it.</summary>
public class RevokedSubjects
{
    private const string OpenTrust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_subjects_sessions_end_with_all_that_they_led_to_and_nobody_elses(bool isOfOneSubject)
    {
        await using var world = await FederationWorld.StartAsync();
        Assert.Null((await world.Bench.CallAsync("CreateRole", ("RoleName", "next"), ("AssumeRolePolicyDocument", OpenTrust))).Error);
        Assert.Null((await world.Bench.CallAsync("CreateRole", ("RoleName", "last"), ("AssumeRolePolicyDocument", OpenTrust))).Error);
        Assert.Null((await world.Bench.CallAsync("PutRolePolicy", ("RoleName", "next"), ("PolicyName", "all"), ("PolicyDocument", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"""))).Error);
        var alice = KeyOf(await world.GetAsync(world.Issuer.Token()));
        var next = await AssumeAsync(world.Bench, alice, "next");
        var last = await AssumeAsync(world.Bench, next, "last");
        var bob = KeyOf(await world.GetAsync(world.Issuer.Token(("sub", "bob"))));
        var filter = isOfOneSubject ? [("ProviderArn", FederationWorld.ArnOf(world.Issuer)), ("Subject", "alice")] : new (string, string)[] { ("ProviderArn", FederationWorld.ArnOf(world.Issuer)) };
        // The list is what a revocation would end.
        string[] expected = isOfOneSubject ? [alice.Id, next.Id, last.Id] : [alice.Id, next.Id, last.Id, bob.Id];
        Assert.Equal(expected.Order(), (await ListAsync(world.Bench, filter)).Order());

        var answer = await world.Bench.CallAsync("RevokeSessions", [.. filter, ("Reason", "left the company")]);
        Assert.Null(answer.Error);
        var shown = Shown.Of(answer.Response!)["Revocation"]!;
        Assert.Equal((isOfOneSubject ? "Subject" : "Provider", FederationWorld.ArnOf(world.Issuer), isOfOneSubject ? "alice" : null), ((string?)shown["Kind"], (string?)shown["ProviderArn"], (string?)shown["Subject"]));
        foreach (var key in new[] { alice, next, last })
            Assert.Equal("ExpiredToken", (await world.Bench.CallAsync(key, "GetCallerIdentity")).Error?.Code);
        Assert.Equal(isOfOneSubject ? null : "ExpiredToken", (await world.Bench.CallAsync(bob, "GetCallerIdentity")).Error?.Code);
        Assert.Empty(await ListAsync(world.Bench, filter));
        // Whoever can still sign in can begin anew.
        Assert.Null((await world.Bench.CallAsync(KeyOf(await world.GetAsync(world.Issuer.Token())), "GetCallerIdentity")).Error);
    }

    [Fact]
    public async Task A_subject_of_a_SAML_provider_is_put_out_the_same_way()
    {
        await using var world = await SamlWorld.StartAsync();
        var response = await world.GetAsync(TestSaml.Good(world.Draft));
        var subject = (string)response["Subject"]!;
        var key = KeyOf(response);
        Assert.Equal([key.Id], await ListAsync(world.Bench, ("ProviderArn", SamlWorld.ProviderArn), ("Subject", subject)));
        Assert.Null((await world.Bench.CallAsync("RevokeSessions", ("ProviderArn", SamlWorld.ProviderArn), ("Subject", subject))).Error);
        Assert.Equal("ExpiredToken", (await world.Bench.CallAsync(key, "GetCallerIdentity")).Error?.Code);
    }

    [Fact]
    public async Task A_subject_is_named_however_long_a_certificate_may_make_it()
    {
        await using var world = await FederationWorld.StartAsync();
        Assert.Null((await world.Bench.CallAsync("RevokeSessions", ("ProviderArn", "arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/1"), ("Subject", $"CN=web,OU={new string('x', 2500)}"))).Error);
    }

    [Fact]
    public async Task A_provider_that_is_deleted_can_still_be_named()
    {
        await using var world = await FederationWorld.StartAsync();
        var key = KeyOf(await world.GetAsync(world.Issuer.Token()));
        Assert.Null((await world.Bench.CallAsync("DeleteOpenIDConnectProvider", ("OpenIDConnectProviderArn", FederationWorld.ArnOf(world.Issuer)))).Error);
        Assert.Null((await world.Bench.CallAsync(key, "GetCallerIdentity")).Error);
        Assert.Null((await world.Bench.CallAsync("RevokeSessions", ("ProviderArn", FederationWorld.ArnOf(world.Issuer)))).Error);
        Assert.Equal("ExpiredToken", (await world.Bench.CallAsync(key, "GetCallerIdentity")).Error?.Code);
    }

    [Theory]
    [InlineData("ProviderArn", "arn:aws:iam::999999999999:oidc-provider/idp.example.com", "AccessDenied")]
    [InlineData("ProviderArn", "arn:aws:iam::123456789012:role/deploy")]
    [InlineData("ProviderArn", "idp.example.com")]
    [InlineData("Subject", "alice")]
    public async Task Only_providers_of_the_own_account_are_taken_and_no_subject_without_one(string parameter, string value, string code = "ValidationError")
    {
        await using var world = await FederationWorld.StartAsync();
        Assert.Equal(code, (await world.Bench.CallAsync("RevokeSessions", (parameter, value))).Error?.Code);
        Assert.Equal(code, (await world.Bench.CallAsync("ListSessions", (parameter, value))).Error?.Code);
    }

    private static async Task<IEnumerable<string>> ListAsync(PipelineBench bench, params (string Name, string Value)[] filter)
    {
        var answer = await bench.CallAsync("ListSessions", filter);
        Assert.Null(answer.Error);
        return [.. (Shown.Of(answer.Response!)["Sessions"] as JsonArray ?? []).Select(session => (string)session!["AccessKeyId"]!)];
    }

    private static async Task<Key> AssumeAsync(PipelineBench bench, Key by, string role) =>
        KeyOf(Shown.Of((await bench.CallAsync(by, "AssumeRole", ("RoleArn", $"arn:aws:iam::123456789012:role/{role}"), ("RoleSessionName", "session"))).Response!));

    private static Key KeyOf(JsonNode response) => response["Credentials"] is { } issued
        ? ((string)issued["AccessKeyId"]!, (string)issued["SecretAccessKey"]!, (string?)issued["SessionToken"])
        : throw new InvalidOperationException("No credentials.");
}
