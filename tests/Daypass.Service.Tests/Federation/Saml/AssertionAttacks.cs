using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>Every row of the catalogue against the whole pipeline: refused with AWS's code, nothing issued, counted for the trail, and nothing broke inside.</summary>
public class AssertionAttacks
{
    public static TheoryData<string> Attacks => [.. BrokenAssertions.All.Keys];

    /// <summary>Those whose XML has an assertion that can be put into an envelope.</summary>
    public static TheoryData<string> Enclosable => [.. BrokenAssertions.All.Keys.Where(attack => Envelope.CanHold(BrokenAssertions.All[attack].Write(new Draft(new ManualTime().GetUtcNow()))))];

    [Theory, MemberData(nameof(Attacks))]
    public async Task A_broken_assertion_is_refused_and_the_refusal_is_recorded(string attack)
    {
        await using var world = await SamlWorld.StartAsync();
        var (refusal, write) = BrokenAssertions.All[attack];
        await RefuseAsync(world, write(world.Draft), refusal);
        await world.GetAsync(TestSaml.Good(world.Draft));
    }

    private static readonly Refusal[] OfEnvelopes =
    [
        Refusal.NoResponse("its assertion could not be decrypted"), Refusal.NoResponse("what its EncryptedAssertion holds is not exactly one Assertion"),
        Refusal.NoResponse("it does not have exactly one Assertion or EncryptedAssertion"), Refusal.NoResponse("it has an ID twice"), Refusal.NoResponse("it has an ID twice, by another name, or one that is no name"),
    ];

    /// <summary>
    /// The same hidden in an envelope, which anybody can make: all that was in the assertion's place, the first assertion by itself, and the last. It is refused for what is
    /// wrong with it, or for what is in the envelope or beside it, and never because hiding it broke the XML.
    /// </summary>
    [Theory, MemberData(nameof(Enclosable))]
    public async Task A_broken_assertion_is_no_better_in_an_envelope(string attack)
    {
        await using var world = await EncryptionTests.WithKeysAsync();
        var (refusal, write) = BrokenAssertions.All[attack];
        var hidden = Envelope.HoldEach(write(world.Draft));
        Assert.NotEmpty(hidden);
        foreach (var enclosed in hidden)
            await RefuseAsync(world, enclosed, [refusal, .. OfEnvelopes]);
        await world.GetAsync(TestSaml.Encode(new Envelope().Seal(TestSaml.SignAssertion(world.Draft.Xml()))));
    }

    public static TheoryData<string> Envelopes => [.. BrokenEnvelopes.All.Keys];

    [Theory, MemberData(nameof(Envelopes))]
    public async Task A_broken_envelope_is_refused_and_the_refusal_is_recorded(string attack)
    {
        await using var world = await EncryptionTests.WithKeysAsync();
        var (refusal, write) = BrokenEnvelopes.All[attack];
        await RefuseAsync(world, write(world.Draft), refusal);
        await world.GetAsync(TestSaml.Encode(new Envelope().Seal(TestSaml.SignAssertion(world.Draft.Xml()))));
    }

    // Nothing issued, nothing used up, nothing broken; counted for the trail, or under a name where somebody is proven.
    private static async Task RefuseAsync(SamlWorld world, string assertion, params Refusal[] refusals)
    {
        var before = (await world.Bench.TrailAsync()).Count;
        var refused = await world.RefusalAsync(assertion);
        (Array.Find(refusals, each => each.Text == refused.Message) ?? refusals[0]).Check(refused);
        var code = refused.Code;
        Assert.Empty(world.Bench.Failures);
        var trail = await world.Bench.TrailAsync();
        var summaries = world.Bench.Refusals.Take(PipelineBench.Account, world.Time.GetUtcNow(), new SeededEntropy(7)).ToList();
        if (code == "AccessDenied")
        {
            Assert.Equal((before + 1, 0), (trail.Count, summaries.Count));
            Assert.Equal((code, "alice@example.com"), ((string?)trail[^1]["errorCode"], (string?)trail[^1]["userIdentity"]!["userName"]));
        }
        else
        {
            Assert.Equal(before, trail.Count);
            var summary = Assert.Single(summaries);
            Assert.Equal("AssumeRoleWithSAML", summary.EventName);
            Assert.Contains($"\"errorCode\":\"{code}\"", System.Text.Encoding.UTF8.GetString(summary.Record.Span), StringComparison.Ordinal);
        }
        // What an attacker wrote does not come back.
        Assert.DoesNotContain("example.com", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assertion_is_used_once_for_each_role_and_no_node_takes_it_again()
    {
        await using var world = await SamlWorld.StartAsync();
        var assertion = TestSaml.Good(world.Draft);
        await world.GetAsync(assertion);
        await world.GetAsync(assertion, "arn:aws:iam::123456789012:role/second");
        var again = await world.RefusalAsync(assertion);
        Assert.Equal("InvalidIdentityToken", again.Code);
        Assert.Contains("before", again.Message, StringComparison.Ordinal);
        // The same assertion in another envelope is the same assertion.
        Assert.Equal("InvalidIdentityToken", (await world.RefusalAsync(TestSaml.Encode(TestSaml.SignResponse(TestSaml.SignAssertion(world.Draft.Xml()))))).Code);
        await using var other = await PipelineBench.JoinAsync(world.Bench.Store, throttling: world.Time, time: world.Time);
        var elsewhere = await other.CallUnsignedAsync("AssumeRoleWithSAML", ("RoleArn", SamlWorld.RoleArn), ("PrincipalArn", SamlWorld.ProviderArn), ("SAMLAssertion", assertion));
        Assert.Equal("InvalidIdentityToken", elsewhere.Error!.Code);
        await world.GetAsync(TestSaml.Good(world.Draft with { Id = "_next" }));
    }

    [Fact]
    public async Task Where_the_operator_says_so_an_assertion_can_be_used_again_as_in_AWS()
    {
        await using var world = await SamlWorld.StartAsync(settings: new ServiceSettings { RepeatsAssertions = true });
        var assertion = TestSaml.Good(world.Draft);
        await world.GetAsync(assertion);
        await world.GetAsync(assertion);
    }

    [Fact]
    public async Task One_that_says_itself_that_it_is_for_one_use_is_not_used_again_whatever_the_operator_says()
    {
        await using var world = await SamlWorld.StartAsync(settings: new ServiceSettings { RepeatsAssertions = true });
        var assertion = TestSaml.Good(world.Draft with { Conditions = "<saml:OneTimeUse/>" });
        await world.GetAsync(assertion);
        var again = await world.RefusalAsync(assertion);
        Assert.Equal(("InvalidIdentityToken", 400, "The assertion was used for this role before. Sign in at the identity provider again for another one."), (again.Code, again.Status, again.Message));
    }

    [Fact]
    public async Task What_was_issued_before_a_restore_is_taken_for_used()
    {
        await using var world = await SamlWorld.StartAsync();
        var now = world.Time.GetUtcNow();
        await world.Bench.PutAsync(SetId.Installation, DocumentKinds.Restored, new Restored { BackupAt = now.AddHours(-1), BackupEpoch = "before", BackupSequence = 1, RestoredAt = now, Sessions = "none", AccessKeys = "inactive" });
        Assert.Equal("InvalidIdentityToken", (await world.RefusalAsync(TestSaml.Good(world.Draft))).Code);
        world.Time.Advance(TimeSpan.FromSeconds(61));
        await world.GetAsync(TestSaml.Good(world.Draft));
    }

    [Fact]
    public async Task A_role_that_the_provider_does_not_offer_is_denied_and_the_trail_says_who_asked()
    {
        await using var world = await SamlWorld.StartAsync();
        await world.PutRoleAsync(SamlWorld.Trust(), name: "admin");
        var refused = await world.RefusalAsync(TestSaml.Good(world.Draft), "arn:aws:iam::123456789012:role/admin");
        Assert.Equal(("AccessDenied", 403, "Not authorized to perform sts:AssumeRoleWithSAML"), (refused.Code, refused.Status, refused.Message));
        var record = (await world.Bench.TrailAsync())[^1];
        Assert.Equal("AccessDenied", (string?)record["errorCode"]);
        Assert.Equal("alice@example.com", (string?)record["userIdentity"]!["userName"]);
        Assert.Null(record["responseElements"]);
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::123456789012:saml-provider/other", "InvalidIdentityToken", "Specified provider doesn't exist.")]
    [InlineData("arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::999999999999:saml-provider/idp", "InvalidIdentityToken", "Specified provider doesn't exist.")]
    [InlineData("arn:aws:iam::999999999999:role/deploy", "arn:aws:iam::999999999999:saml-provider/idp", "InvalidIdentityToken", "Specified provider doesn't exist.")]
    [InlineData("arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::123456789012:oidc-provider/idp", "InvalidIdentityToken", "Specified provider doesn't exist.")]
    [InlineData("arn:aws:iam::123456789012:role/absent", "arn:aws:iam::123456789012:saml-provider/idp", "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML")]
    [InlineData("arn:aws:iam::123456789012:saml-provider/idp", "arn:aws:iam::123456789012:role/deploy", "ValidationError", "Request ARN is invalid")]
    [InlineData("arn:aws:iam::123456789012:role/deploy", "this-is-no-arn-of-anything", "ValidationError", "this-is-no-arn-of-anything is invalid")]
    public async Task What_is_not_there_looks_as_what_trusts_nobody(string role, string provider, string code, string message)
    {
        await using var world = await SamlWorld.StartAsync();
        var refused = await world.RefusalAsync(TestSaml.Good(world.Draft.With("Role", $"{role},{provider}")), role, provider);
        Assert.Equal((code, message), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task The_key_of_one_provider_proves_nothing_for_another()
    {
        await using var world = await SamlWorld.StartAsync();
        Assert.Null((await world.Bench.CallAsync("CreateSAMLProvider", ("Name", "evil"), ("SAMLMetadataDocument", TestSaml.Metadata(TestSaml.OtherKey)))).Error);
        var forged = TestSaml.Encode(TestSaml.SignAssertion(world.Draft.Xml(), TestSaml.OtherKey));
        Assert.Equal("InvalidIdentityToken", (await world.RefusalAsync(forged)).Code);
        // By its own name it is believed, and the role does not trust that.
        var own = TestSaml.Encode(TestSaml.SignAssertion(world.Draft.With("Role", "arn:aws:iam::123456789012:role/deploy,arn:aws:iam::123456789012:saml-provider/evil").Xml(), TestSaml.OtherKey));
        Assert.Equal("AccessDenied", (await world.RefusalAsync(own, provider: "arn:aws:iam::123456789012:saml-provider/evil")).Code);
    }

    [Fact]
    public async Task Any_text_at_all_is_refused_and_breaks_nothing()
    {
        await using var world = await SamlWorld.StartAsync();
        var good = TestSaml.SignAssertion(world.Draft.Xml());
        var chance = new SeededEntropy(11);
        var bytes = new byte[4];
        for (var i = 0; i < 400; i++)
        {
            chance.Fill(bytes);
            var (at, length) = (BitConverter.ToUInt16(bytes, 0) % good.Length, bytes[2] % 24);
            var inside = good[(BitConverter.ToUInt16(bytes, 1) % good.Length)..];
            // Something cut out, doubled, or put in from elsewhere.
            var changed = good[..at] + (bytes[3] % 3 == 0 ? "" : inside[..Math.Min(length + 1, inside.Length)]) + good[(bytes[3] % 2 == 0 ? Math.Min(good.Length, at + length + 1) : at)..];
            if (changed == good)
                continue;
            var answer = await world.Bench.FromAnotherSource().CallUnsignedAsync("AssumeRoleWithSAML", ("RoleArn", SamlWorld.RoleArn), ("PrincipalArn", SamlWorld.ProviderArn), ("SAMLAssertion", TestSaml.Encode(changed)));
            Assert.True(answer.Error is { Status: < 500 } || IsOutsideOfWhatIsSigned(good, changed), changed);
        }
        Assert.Empty(world.Bench.Failures);
    }

    // The envelope of a signed assertion is not signed, and white space in it is nobody's.
    private static bool IsOutsideOfWhatIsSigned(string good, string changed)
    {
        var start = good.IndexOf("<saml:Subject>", StringComparison.Ordinal);
        var end = good.IndexOf("</saml:Assertion>", StringComparison.Ordinal);
        return changed.Contains(good[start..end], StringComparison.Ordinal);
    }
}
