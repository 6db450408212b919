using System.Security.Cryptography;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>IAM's actions for SAML providers, and the metadata that they take.</summary>
public class SamlProviderTests
{
    private const string Arn = "arn:aws:iam::123456789012:saml-provider/corp";

    [Fact]
    public async Task A_provider_is_registered_shown_listed_tagged_replaced_and_deleted()
    {
        await using var bench = await PipelineBench.StartAsync();
        var metadata = TestSaml.Metadata(TestSaml.Key);
        var made = Shown.Of((await bench.CallAsync("CreateSAMLProvider", ("Name", "corp"), ("SAMLMetadataDocument", metadata), ("Tags.member.1.Key", "b"), ("Tags.member.1.Value", "2"))).Response!);
        Assert.Equal(Arn, (string?)made["SAMLProviderArn"]);
        Assert.Null((await bench.CallAsync("TagSAMLProvider", ("SAMLProviderArn", Arn), ("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "1"))).Error);
        Assert.Null((await bench.CallAsync("UntagSAMLProvider", ("SAMLProviderArn", Arn), ("TagKeys.member.1", "b"))).Error);
        var shown = Shown.Of((await bench.CallAsync("GetSAMLProvider", ("SAMLProviderArn", Arn))).Response!);
        Assert.Equal(metadata, (string?)shown["SAMLMetadataDocument"]);
        Assert.Equal(32, ((string)shown["SAMLProviderUUID"]!).Length);
        Assert.Equal("a", (string?)Assert.Single(shown["Tags"]!.AsArray())!["Key"]);
        Assert.Equal("a", (string?)Assert.Single(Shown.Of((await bench.CallAsync("ListSAMLProviderTags", ("SAMLProviderArn", Arn))).Response!)["Tags"]!.AsArray())!["Key"]);
        Assert.Equal("EntityAlreadyExists", (await bench.CallAsync("CreateSAMLProvider", ("Name", "corp"), ("SAMLMetadataDocument", metadata))).Error!.Code);
        var next = TestSaml.Metadata(TestSaml.NextKey);
        Assert.Null((await bench.CallAsync("UpdateSAMLProvider", ("SAMLProviderArn", Arn), ("SAMLMetadataDocument", next))).Error);
        Assert.Equal(next, (string?)Shown.Of((await bench.CallAsync("GetSAMLProvider", ("SAMLProviderArn", Arn))).Response!)["SAMLMetadataDocument"]);
        Assert.Equal(Arn, (string?)Assert.Single(Shown.Of((await bench.CallAsync("ListSAMLProviders")).Response!)["SAMLProviderList"]!.AsArray())!["Arn"]);
        Assert.Null((await bench.CallAsync("DeleteSAMLProvider", ("SAMLProviderArn", Arn))).Error);
        Assert.Equal("NoSuchEntity", (await bench.CallAsync("DeleteSAMLProvider", ("SAMLProviderArn", Arn))).Error!.Code);
        Assert.Equal("NoSuchEntity", (await bench.CallAsync("GetSAMLProvider", ("SAMLProviderArn", Arn))).Error!.Code);
        Assert.Empty(bench.Failures);
    }

    [Fact]
    public async Task A_deleted_provider_lets_nobody_in_and_one_made_anew_does_not_revive_its_keys()
    {
        await using var world = await SamlWorld.StartAsync();
        Assert.Null((await world.Bench.CallAsync("DeleteSAMLProvider", ("SAMLProviderArn", SamlWorld.ProviderArn))).Error);
        Assert.Equal("Specified provider doesn't exist.", (await world.RefusalAsync(TestSaml.Good(world.Draft))).Message);
        Assert.Null((await world.Bench.CallAsync("CreateSAMLProvider", ("Name", "idp"), ("SAMLMetadataDocument", TestSaml.Metadata(TestSaml.NextKey)))).Error);
        Assert.Equal("Response signature invalid", (await world.RefusalAsync(TestSaml.Good(world.Draft))).Message);
    }

    public static TheoryData<string> Uploads => [.. Wrong.Keys];

    private static readonly Dictionary<string, Func<string>> Wrong = new(StringComparer.Ordinal)
    {
        ["an external entity"] = () => "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + Filled("<x>&e;</x>"),
        ["a billion laughs"] = () => "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>" + Filled("<x>&b;</x>"),
        ["a private key"] = () => TestSaml.Metadata(TestSaml.Key).Replace("<md:SingleSignOnService", "<!-- -----BEGIN PRIVATE KEY----- --><md:SingleSignOnService", StringComparison.Ordinal),
        ["several providers"] = () => Filled($"<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"/>"),
        ["no signing key"] = () => TestSaml.Metadata(TestSaml.Key).Replace("use=\"signing\"", "use=\"encryption\"", StringComparison.Ordinal),
        ["a short key"] = () => TestSaml.Metadata(RSA.Create(1024)),
        ["an exponent of one, with which anybody signs"] = () => WithKey(TestSaml.Key.ExportParameters(false).Modulus!, [1]),
        ["an exponent of three"] = () => WithKey(TestSaml.Key.ExportParameters(false).Modulus!, [3]),
        ["an even exponent"] = () => WithKey(TestSaml.Key.ExportParameters(false).Modulus!, [1, 0, 0]),
        ["an exponent of 33 bits"] = () => WithKey(TestSaml.Key.ExportParameters(false).Modulus!, [1, 0, 0, 0, 1]),
        ["an exponent as long as the modulus"] = () => WithKey(TestSaml.Key.ExportParameters(false).Modulus!, [0x7F, .. Enumerable.Repeat((byte)0xFF, 255)]),
        ["an even modulus"] = () => WithKey([0x80, .. new byte[255]], [1, 0, 1]),
        ["a key of 65,536 bits"] = () => WithKey([0x80, .. new byte[8190], 1], [1, 0, 1]),
        ["eleven keys"] = () => TestSaml.Metadata([.. Enumerable.Range(0, 11).Select(_ => RSA.Create(2048))]),
        ["a broken certificate"] = () => TestSaml.Metadata(TestSaml.Key).Replace("MII", "AAA", StringComparison.Ordinal),
        ["no SAML 2.0"] = () => TestSaml.Metadata(TestSaml.Key).Replace("protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"", "protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:1.1:protocol\"", StringComparison.Ordinal),
        ["no name"] = () => TestSaml.Metadata("", "", TestSaml.Key),
        ["an end that is past"] = () => TestSaml.Metadata("https://idp.example.com", "validUntil=\"2020-01-01T00:00:00Z\"", TestSaml.Key),
        ["a byte order mark"] = () => '\uFEFF' + TestSaml.Metadata(TestSaml.Key),
        ["deep nesting"] = () => string.Concat(Enumerable.Repeat("<a>", 1000)) + string.Concat(Enumerable.Repeat("</a>", 1000)),
        ["no XML"] = () => new string('x', 2000),
    };

    [Theory, MemberData(nameof(Uploads))]
    public async Task Metadata_that_cannot_be_trusted_is_refused(string upload)
    {
        await using var bench = await PipelineBench.StartAsync();
        var refused = (await bench.CallAsync("CreateSAMLProvider", ("Name", "corp"), ("SAMLMetadataDocument", Wrong[upload]()))).Error!;
        Assert.Equal("InvalidInput", refused.Code);
        Assert.StartsWith("Could not parse metadata", refused.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Failures);
    }

    [Fact]
    public async Task Metadata_that_has_come_to_its_end_lets_nobody_in()
    {
        await using var world = await SamlWorld.StartAsync();
        var end = world.Time.GetUtcNow().AddMinutes(10).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null((await world.Bench.CallAsync("UpdateSAMLProvider", ("SAMLProviderArn", SamlWorld.ProviderArn), ("SAMLMetadataDocument", TestSaml.Metadata(TestSaml.EntityId, $"validUntil=\"{end}\"", TestSaml.Key)))).Error);
        await world.GetAsync(TestSaml.Good(world.Draft));
        world.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Contains("no longer valid", (await world.RefusalAsync(TestSaml.Good(world.Draft with { Id = "_later" }))).Message, StringComparison.Ordinal);
    }

    private static string WithKey(byte[] modulus, byte[] exponent) =>
        TestSaml.Metadata().Replace("<md:SingleSignOnService", $"<md:KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{TestSaml.CertificateOf(modulus, exponent)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService", StringComparison.Ordinal);

    private static string Filled(string xml) => xml + new string(' ', 1000);
}
