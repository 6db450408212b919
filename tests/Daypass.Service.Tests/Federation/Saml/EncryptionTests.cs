using System.Security.Cryptography;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>Encrypted assertions: which are opened, with which keys, and what a provider may demand.</summary>
public class EncryptionTests
{
    private const string More = "http://www.w3.org/2001/04/xmldsig-more#";

    private static readonly Dictionary<string, Envelope> Envelopes = new(StringComparer.Ordinal)
    {
        ["AES-256-GCM, OAEP by its older name"] = new(),
        ["AES-192-GCM"] = new() { Block = Envelope.Enc11 + "aes192-gcm" },
        ["AES-128-GCM"] = new() { Block = Envelope.Enc11 + "aes128-gcm" },
        ["OAEP without a named digest"] = new() { Transport = $"<xenc:EncryptionMethod Algorithm=\"{Envelope.Enc}rsa-oaep-mgf1p\"/>" },
        ["OAEP by its newer name without anything else"] = new() { Transport = $"<xenc:EncryptionMethod Algorithm=\"{Envelope.Enc11}rsa-oaep\"/>" },
        ["OAEP with SHA-256"] = new() { Transport = Envelope.Oaep256, Padding = RSAEncryptionPadding.OaepSHA256 },
        ["OAEP with SHA-384"] = new() { Transport = Envelope.Oaep256.Replace("mgf1sha256", "mgf1sha384", StringComparison.Ordinal).Replace(Envelope.Enc + "sha256", More + "sha384", StringComparison.Ordinal), Padding = RSAEncryptionPadding.OaepSHA384 },
        ["OAEP with SHA-512"] = new() { Transport = Envelope.Oaep256.Replace("sha256", "sha512", StringComparison.Ordinal), Padding = RSAEncryptionPadding.OaepSHA512 },
        ["the key beside the data"] = new() { IsKeyBeside = true },
        ["white space and line breaks everywhere"] = new() { Around = xml => xml.Replace("><", ">\n  <", StringComparison.Ordinal).Replace("<xenc:CipherValue>", "<xenc:CipherValue>\n", StringComparison.Ordinal) },
        ["no stated type"] = new() { Around = xml => xml.Replace($" Type=\"{Envelope.Enc}Element\"", "", StringComparison.Ordinal) },
        ["the second key"] = new() { To = Envelope.NextKey },
    };

    private static readonly Dictionary<string, Envelope> OnlyUnderASignature = new(StringComparer.Ordinal)
    {
        ["AES-256-CBC"] = new() { Block = Envelope.Enc + "aes256-cbc" },
        ["AES-192-CBC"] = new() { Block = Envelope.Enc + "aes192-cbc" },
        ["AES-128-CBC"] = new() { Block = Envelope.Enc + "aes128-cbc" },
    };

    public static TheoryData<string> All => [.. Envelopes.Keys];

    public static TheoryData<string> Signed => [.. Envelopes.Keys, .. OnlyUnderASignature.Keys];

    [Theory, MemberData(nameof(All))]
    public async Task An_encrypted_assertion_that_is_signed_itself_is_opened(string envelope)
    {
        await using var world = await WithKeysAsync();
        var response = await world.GetAsync(TestSaml.Encode(Envelopes[envelope].Seal(TestSaml.SignAssertion(world.Draft.Xml()))));
        Assert.Equal("alice@example.com", (string?)response["Subject"]);
    }

    [Theory, MemberData(nameof(Signed))]
    public async Task An_encrypted_assertion_in_a_signed_response_is_opened_whether_or_not_it_is_signed_itself(string envelope)
    {
        await using var world = await WithKeysAsync();
        var how = Envelopes.TryGetValue(envelope, out var found) ? found : OnlyUnderASignature[envelope];
        await world.GetAsync(TestSaml.Encode(TestSaml.SignResponse(how.Seal((world.Draft with { Id = "_1" }).Xml()))));
        await world.GetAsync(TestSaml.Encode(TestSaml.SignResponse(how.Seal(TestSaml.SignAssertion((world.Draft with { Id = "_2" }).Xml())))));
    }

    [Fact]
    public async Task A_provider_that_must_encrypt_lets_nobody_in_without()
    {
        await using var world = await WithKeysAsync();
        await world.UpdateAsync(("AssertionEncryptionMode", "Required"));
        Assert.Contains("not encrypted", (await world.RefusalAsync(TestSaml.Good(world.Draft))).Message, StringComparison.Ordinal);
        await world.GetAsync(TestSaml.Encode(new Envelope().Seal(TestSaml.SignAssertion(world.Draft.Xml()))));
        await world.UpdateAsync(("AssertionEncryptionMode", "Allowed"));
        await world.GetAsync(TestSaml.Good(world.Draft with { Id = "_plain" }));
    }

    [Fact]
    public async Task A_removed_key_opens_nothing_more_and_the_next_one_does()
    {
        await using var world = await SamlWorld.StartAsync();
        await world.UpdateAsync(("AddPrivateKey", Envelope.Key.ExportRSAPrivateKeyPem()));
        var first = Assert.Single((await world.ShowAsync())["PrivateKeyList"]!.AsArray())!;
        await world.UpdateAsync(("AddPrivateKey", Envelope.NextKey.ExportPkcs8PrivateKeyPem()));
        await world.UpdateAsync(("RemovePrivateKey", (string)first["KeyId"]!));
        Assert.Equal("InvalidIdentityToken", (await world.RefusalAsync(TestSaml.Encode(new Envelope().Seal(TestSaml.SignAssertion(world.Draft.Xml()))))).Code);
        await world.GetAsync(TestSaml.Encode(new Envelope { To = Envelope.NextKey }.Seal(TestSaml.SignAssertion(world.Draft.Xml()))));
    }

    [Fact]
    public async Task A_provider_has_two_private_keys_at_most_and_shows_of_them_only_that_they_are_there()
    {
        await using var bench = await PipelineBench.StartAsync();
        var pem = Envelope.Key.ExportPkcs8PrivateKeyPem();
        Assert.Null((await bench.CallAsync("CreateSAMLProvider", ("Name", "corp"), ("SAMLMetadataDocument", TestSaml.Metadata(TestSaml.Key)), ("AssertionEncryptionMode", "Required"), ("AddPrivateKey", pem))).Error);
        (string, string) arn = ("SAMLProviderArn", "arn:aws:iam::123456789012:saml-provider/corp");
        Assert.Null((await bench.CallAsync("UpdateSAMLProvider", arn, ("AddPrivateKey", Envelope.NextKey.ExportPkcs8PrivateKeyPem()))).Error);
        var refused = (await bench.CallAsync("UpdateSAMLProvider", arn, ("AddPrivateKey", Envelope.OtherKey.ExportPkcs8PrivateKeyPem()))).Error!;
        Assert.Equal(("LimitExceeded", 409, "Private key limit of 2 is reached."), (refused.Code, refused.Status, refused.Message));

        var shown = Shown.Of((await bench.CallAsync("GetSAMLProvider", arn)).Response!);
        Assert.Equal("Required", (string?)shown["AssertionEncryptionMode"]);
        var keys = shown["PrivateKeyList"]!.AsArray();
        Assert.Equal(2, keys.Select(key => (string)key!["KeyId"]!).Distinct().Count());
        Assert.All(keys, key => Assert.Equal(["KeyId", "Timestamp"], key!.AsObject().Select(member => member.Key)));
        Assert.All(keys, key => Assert.True(((string)key!["KeyId"]!).Length == 32 && ((string)key["KeyId"]!).All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character))));

        // Neither in the trail nor in the store.
        var line = pem.Split('\n')[3];
        Assert.DoesNotContain(line, string.Concat((await bench.TrailAsync()).Select(record => record.ToJsonString())), StringComparison.Ordinal);
        var provider = (await bench.HomeAsync()).Documents.Find(DocumentKinds.SamlProvider, "corp")!;
        var stored = DocumentKinds.SamlProvider.Write(provider);
        Assert.Equal(-1, stored.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(line)));
        Assert.Equal(-1, stored.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Convert.ToBase64String(Envelope.Key.ExportPkcs8PrivateKey())[..64])));
        Assert.Empty(bench.Failures);
    }

    [Theory]
    [InlineData("InvalidInput", "AddPrivateKey", "SECRET-EXAMPLE, which is no key")]
    [InlineData("InvalidInput", "AddPrivateKey", "-----BEGIN PRIVATE KEY-----\nRVhBTVBMRQ==\n-----END PRIVATE KEY-----")]
    [InlineData("InvalidInput", "AssertionEncryptionMode", "Required")]
    [InlineData("ValidationError", "AssertionEncryptionMode", "Sometimes")]
    [InlineData("ValidationError", "RemovePrivateKey", "SHORT")]
    [InlineData("NoSuchEntity", "RemovePrivateKey", "EXAMPLEEXAMPLEEXAMPLEEXAMPLE1234")]
    public async Task What_would_not_work_is_refused_and_not_repeated(string code, string parameter, string value)
    {
        await using var world = await SamlWorld.StartAsync();
        var refused = (await world.Bench.CallAsync("UpdateSAMLProvider", ("SAMLProviderArn", SamlWorld.ProviderArn), (parameter, value))).Error!;
        Assert.Equal(code, refused.Code);
        if (parameter == "AddPrivateKey")
            Assert.DoesNotContain(value.Replace("-----BEGIN PRIVATE KEY-----\n", "", StringComparison.Ordinal)[..10], refused.Message + string.Concat((await world.Bench.TrailAsync()).Select(record => record.ToJsonString())), StringComparison.Ordinal);
        Assert.Empty(world.Bench.Failures);
    }

    [Fact]
    public async Task The_last_key_stays_while_encryption_is_required_and_a_change_is_one_thing_at_a_time()
    {
        await using var world = await SamlWorld.StartAsync();
        await world.UpdateAsync(("AddPrivateKey", Envelope.Key.ExportPkcs8PrivateKeyPem()), ("AssertionEncryptionMode", "Required"));
        var id = (string)Assert.Single((await world.ShowAsync())["PrivateKeyList"]!.AsArray())!["KeyId"]!;
        Assert.StartsWith("Failed to remove private key. ", await RefusalAsync(("RemovePrivateKey", id)), StringComparison.Ordinal);
        Assert.StartsWith("Unable to add and remove ", await RefusalAsync(("RemovePrivateKey", id), ("AddPrivateKey", Envelope.NextKey.ExportPkcs8PrivateKeyPem())), StringComparison.Ordinal);
        Assert.StartsWith("Unable to update identity provider. ", await RefusalAsync(), StringComparison.Ordinal);
        await world.UpdateAsync(("RemovePrivateKey", id), ("AssertionEncryptionMode", "Allowed"));
        Assert.Null((await world.ShowAsync())["PrivateKeyList"]);

        async Task<string> RefusalAsync(params (string Name, string Value)[] changes) =>
            (await world.Bench.CallAsync("UpdateSAMLProvider", [("SAMLProviderArn", SamlWorld.ProviderArn), .. changes])).Error is { Code: "InvalidInput" } error ? error.Message : "";
    }

    [Fact]
    public async Task Keys_that_are_too_short_too_long_public_or_locked_are_refused()
    {
        await using var world = await SamlWorld.StartAsync();
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var shortKey = RSA.Create(1024);
        using var longKey = RSA.Create(4104);
        var locked = Envelope.Key.ExportEncryptedPkcs8PrivateKeyPem("EXAMPLE", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        foreach (var pem in (string[])[shortKey.ExportPkcs8PrivateKeyPem(), longKey.ExportPkcs8PrivateKeyPem(), curve.ExportPkcs8PrivateKeyPem(), Envelope.Key.ExportSubjectPublicKeyInfoPem(), locked])
            Assert.Equal("InvalidInput", (await world.Bench.CallAsync("UpdateSAMLProvider", ("SAMLProviderArn", SamlWorld.ProviderArn), ("AddPrivateKey", pem))).Error?.Code);
    }

    [Fact]
    public async Task A_key_whose_ring_key_was_refused_opens_nothing_more()
    {
        await using var world = await WithKeysAsync();
        var provider = (await world.Bench.HomeAsync()).Documents.Find(DocumentKinds.SamlProvider, "idp")!;
        var moved = provider with { PrivateKeys = [.. provider.PrivateKeys.Select(key => key with { SealedKey = [key.SealedKey[0], 0xFF, 0xFF, 0xFF, 0xFF, .. key.SealedKey[5..]] })] };
        await world.Bench.PutAsync(Stores.SetId.Of(PipelineBench.Account), DocumentKinds.SamlProvider, moved);
        Assert.Equal("InvalidIdentityToken", (await world.RefusalAsync(TestSaml.Encode(new Envelope().Seal(TestSaml.SignAssertion(world.Draft.Xml()))))).Code);
    }

    /// <summary>A provider that has two private keys here.</summary>
    internal static async Task<SamlWorld> WithKeysAsync()
    {
        var world = await SamlWorld.StartAsync();
        await world.UpdateAsync(("AddPrivateKey", Envelope.Key.ExportPkcs8PrivateKeyPem()));
        await world.UpdateAsync(("AddPrivateKey", Envelope.NextKey.ExportRSAPrivateKeyPem()));
        return world;
    }
}
