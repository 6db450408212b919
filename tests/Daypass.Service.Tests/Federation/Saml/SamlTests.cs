using System.Text.Json.Nodes;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>What a good assertion gets, in each form that AWS takes.</summary>
public class SamlTests
{
    private const string Persistent = "persistent";

    [Fact]
    public async Task A_signed_assertion_gets_a_session_of_the_role_with_all_that_AWS_answers()
    {
        await using var world = await SamlWorld.StartAsync();
        var response = await world.GetAsync(TestSaml.Good(world.Draft));
        Assert.Equal("alice@example.com", (string?)response["Subject"]);
        Assert.Equal(Persistent, (string?)response["SubjectType"]);
        Assert.Equal(TestSaml.EntityId, (string?)response["Issuer"]);
        Assert.Equal("https://signin.aws.amazon.com/saml", (string?)response["Audience"]);
        // Base64 of SHA-1 of "https://idp.example.com/saml123456789012/idp".
        Assert.Equal(Convert.ToBase64String(System.Security.Cryptography.CryptographicOperations.HashData(System.Security.Cryptography.HashAlgorithmName.SHA1, "https://idp.example.com/saml123456789012/idp"u8)), (string?)response["NameQualifier"]);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/deploy/alice", (string?)response["AssumedRoleUser"]!["Arn"]);
        Assert.Null(response["PackedPolicySize"]);
        var session = world.Open(response);
        Assert.Equal(3600, (session.ExpiresAt - session.IssuedAt).TotalSeconds);
        Assert.Equal(SamlWorld.ProviderArn, session.Federation!.Provider);
        Assert.Equal(["saml:namequalifier", "saml:sub", "saml:sub_type"], session.Federation.Keys.Select(key => key.Name).Order());
    }

    [Fact]
    public async Task A_signature_on_the_response_on_the_assertion_or_on_both_is_as_good()
    {
        await using var world = await SamlWorld.StartAsync();
        await world.GetAsync(TestSaml.Encode(TestSaml.SignResponse((world.Draft with { Id = "_1" }).Xml())));
        await world.GetAsync(TestSaml.Encode(TestSaml.SignAssertion((world.Draft with { Id = "_2" }).Xml())));
        await world.GetAsync(TestSaml.Encode(TestSaml.SignResponse(TestSaml.SignAssertion((world.Draft with { Id = "_3" }).Xml()))));
        var folded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + TestSaml.SignAssertion((world.Draft with { Id = "_4" }).Xml())), Base64FormattingOptions.InsertLineBreaks);
        await world.GetAsync(folded);
    }

    [Fact]
    public async Task While_a_provider_changes_its_key_both_are_good_and_then_the_old_one_no_more()
    {
        await using var world = await SamlWorld.StartAsync(keys: [TestSaml.Key, TestSaml.NextKey]);
        await world.GetAsync(TestSaml.Encode(TestSaml.SignAssertion((world.Draft with { Id = "_1" }).Xml())));
        await world.GetAsync(TestSaml.Encode(TestSaml.SignAssertion((world.Draft with { Id = "_2" }).Xml(), TestSaml.NextKey)));
        Assert.Null((await world.Bench.CallAsync("UpdateSAMLProvider", ("SAMLProviderArn", SamlWorld.ProviderArn), ("SAMLMetadataDocument", TestSaml.Metadata(TestSaml.NextKey)))).Error);
        Assert.Equal(("InvalidIdentityToken", "Response signature invalid"), await world.RefusalAsync(TestSaml.Good(world.Draft)) is var refused ? (refused.Code, refused.Message) : default);
        await world.GetAsync(TestSaml.Encode(TestSaml.SignAssertion(world.Draft.Xml(), TestSaml.NextKey)));
    }

    [Fact]
    public async Task Tags_and_source_identity_of_the_assertion_mark_the_session()
    {
        await using var world = await SamlWorld.StartAsync();
        var draft = world.Draft.With("PrincipalTag:Project", "Automation").With("PrincipalTag:team", "blue").With("TransitiveTagKeys", "Project").With("SourceIdentity", "alice@example.com");
        var response = await world.GetAsync(TestSaml.Good(draft));
        var session = world.Open(response);
        Assert.Equal([KeyValuePair.Create("Project", "Automation"), KeyValuePair.Create("team", "blue")], session.Tags);
        Assert.Equal(["Project"], session.TransitiveTagKeys);
        Assert.Equal("alice@example.com", session.SourceIdentity);
        Assert.Equal("alice@example.com", (string?)response["SourceIdentity"]);
        Assert.NotNull(response["PackedPolicySize"]);
    }

    [Fact]
    public async Task Tags_and_source_identity_need_a_trust_policy_that_lets_them_be_set()
    {
        await using var world = await SamlWorld.StartAsync();
        await world.PutRoleAsync(SamlWorld.Trust(actions: "\"sts:AssumeRoleWithSAML\""));
        Assert.Equal("Not authorized to perform sts:TagSession", (await world.RefusalAsync(TestSaml.Good(world.Draft.With("PrincipalTag:team", "blue")))).Message);
        Assert.Equal("Not authorized to perform sts:SetSourceIdentity", (await world.RefusalAsync(TestSaml.Good(world.Draft.With("SourceIdentity", "alice")))).Message);
        await world.GetAsync(TestSaml.Good(world.Draft));
    }

    [Theory]
    [InlineData("""{"StringEquals":{"saml:aud":"https://signin.aws.amazon.com/saml"}}""", true)]
    [InlineData("""{"StringEquals":{"SAML:iss":"https://idp.example.com/saml","saml:sub":"alice@example.com","saml:sub_type":"persistent","saml:doc":"123456789012/idp"}}""", true)]
    [InlineData("""{"StringEquals":{"saml:sub":"bob@example.com"}}""", false)]
    [InlineData("""{"StringEquals":{"saml:sub_type":"transient"}}""", false)]
    [InlineData("""{"ForAnyValue:StringEquals":{"saml:eduPersonAffiliation":"staff"}}""", true)]
    [InlineData("""{"ForAnyValue:StringEquals":{"saml:edupersonaffiliation":"alum"}}""", false)]
    [InlineData("""{"StringEquals":{"saml:mail":"alice@example.com"}}""", true)]
    [InlineData("""{"StringEquals":{"saml:commonName":"Alice","saml:surname":"Doe"}}""", true)]
    [InlineData("""{"ForAnyValue:StringEquals":{"saml:cn":"Alice"}}""", true)]
    [InlineData("""{"Null":{"saml:department":"true"}}""", true)]
    [InlineData("""{"StringEquals":{"sts:RoleSessionName":"alice"}}""", true)]
    [InlineData("""{"StringEquals":{"sts:RoleSessionName":"root"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:FederatedProvider":"arn:aws:iam::123456789012:saml-provider/idp"}}""", true)]
    public async Task What_the_assertion_says_are_condition_keys_of_the_trust_policy(string condition, bool isLetIn)
    {
        await using var world = await SamlWorld.StartAsync(condition);
        var draft = world.Draft.With("urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "staff", "member").With("urn:oid:0.9.2342.19200300.100.1.3", "alice@example.com").With("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "alice@example.com")
            .With("urn:oid:2.5.4.3", "Alice").With("urn:oid:2.5.4.4", "Doe").With("urn:example:department", "finance");
        var answer = await world.AssumeAsync(TestSaml.Good(draft));
        Assert.Equal(isLetIn ? null : "AccessDenied", answer.Error?.Code);
    }

    [Fact]
    public async Task A_session_ends_at_the_earliest_of_what_caller_provider_and_its_session_say()
    {
        await using var world = await SamlWorld.StartAsync();
        async Task<double> LengthAsync(string id, Draft draft, params (string, string)[] more) =>
            world.Open(await world.GetAsync(TestSaml.Good(draft with { Id = id }), more: more)) is var session ? (session.ExpiresAt - session.IssuedAt).TotalSeconds : 0;
        Assert.Equal(7200, await LengthAsync("_1", world.Draft, ("DurationSeconds", "7200")));
        Assert.Equal(1800, await LengthAsync("_2", world.Draft.With("SessionDuration", "1800"), ("DurationSeconds", "7200")));
        Assert.Equal(3600, await LengthAsync("_3", world.Draft.With("SessionDuration", "43200")));
        Assert.Equal(600, await LengthAsync("_4", world.Draft with { Session = $"SessionNotOnOrAfter=\"{world.Draft.At(TimeSpan.FromMinutes(10))}\"" }));
        await world.PutRoleAsync(SamlWorld.Trust(), maxDuration: 3600);
        Assert.Equal("ValidationError", (await world.RefusalAsync(TestSaml.Good(world.Draft), more: ("DurationSeconds", "3601"))).Code);
        Assert.Equal("MalformedPolicyDocument", (await world.RefusalAsync(TestSaml.Good(world.Draft), more: ("Policy", "{}"))).Code);
    }

    [Theory]
    [InlineData("https://signin.aws.amazon.com/saml", true)]
    [InlineData("https://eu-central-1.signin.aws.amazon.com/saml", true)]
    [InlineData("https://daypass.example.com/saml", true)]
    [InlineData("https://daypass.example.com/saml/", false)]
    [InlineData("http://signin.aws.amazon.com/saml", false)]
    [InlineData("https://evil.example.com#signin.aws.amazon.com/saml", false)]
    [InlineData("https://signin.aws.amazon.com/saml/acs/ANOTHERPROVIDER", false)]
    public async Task Assertions_made_for_AWS_or_for_this_installation_are_taken(string recipient, bool isTaken)
    {
        await using var world = await SamlWorld.StartAsync(settings: new Pipeline.ServiceSettings { PublicUrl = () => "https://daypass.example.com" });
        Assert.Equal(isTaken ? null : "InvalidIdentityToken", (await world.AssumeAsync(TestSaml.Good(world.Draft with { Recipient = recipient, Destination = recipient, Audience = recipient }))).Error?.Code);
    }

    [Fact]
    public async Task The_trail_names_the_subject_and_the_assertion_and_never_shows_it()
    {
        await using var world = await SamlWorld.StartAsync();
        var assertion = TestSaml.Good(world.Draft.With("PrincipalTag:team", "blue"));
        var response = await world.GetAsync(assertion);
        var record = (await world.Bench.TrailAsync())[^1];
        Assert.Equal("AssumeRoleWithSAML", (string?)record["eventName"]);
        var identity = record["userIdentity"]!;
        Assert.Equal(("SAMLUser", "alice@example.com"), ((string?)identity["type"], (string?)identity["userName"]));
        Assert.Equal($"{response["NameQualifier"]}:alice@example.com", (string?)identity["principalId"]);
        Assert.Equal("_assertion", (string?)record["requestParameters"]!["sAMLAssertionID"]);
        Assert.Equal("blue", (string?)record["requestParameters"]!["principalTags"]!["team"]);
        Assert.Equal(2, record["resources"]!.AsArray().Count);
        Assert.DoesNotContain(assertion[..60], record.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(record["responseElements"]!["credentials"]!["accessKeyId"]);
    }

    [Fact]
    public async Task A_chain_begins_with_the_subject()
    {
        await using var world = await SamlWorld.StartAsync();
        var first = Assert.Single(world.Open(await world.GetAsync(TestSaml.Good(world.Draft))).Chain);
        Assert.Equal((Tokens.AncestorKind.Subject, $"{SamlWorld.ProviderArn} alice@example.com"), (first.Kind, first.PrincipalId));
    }
}
