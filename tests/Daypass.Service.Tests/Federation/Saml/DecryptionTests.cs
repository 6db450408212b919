using System.Security.Cryptography;
using Daypass.Service.Federation.Saml;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>What a stranger learns by sending ciphertexts: nothing.</summary>
public class DecryptionTests
{
    [Fact]
    public async Task Every_envelope_that_does_not_open_gets_the_same_answer()
    {
        await using var world = await EncryptionTests.WithKeysAsync();
        var answers = new List<(string, string, int)>();
        foreach (var (_, write) in BrokenEnvelopes.Closed)
            answers.Add(await world.RefusalAsync(write(world.Draft)) is var refused ? (refused.Code, refused.Message, refused.Status) : default);
        // The same where there is no key at all.
        await using var without = await SamlWorld.StartAsync();
        answers.Add(await without.RefusalAsync(TestSaml.Encode(new Envelope().Seal(TestSaml.SignAssertion(without.Draft.Xml())))) is var none ? (none.Code, none.Message, none.Status) : default);
        Assert.Equal([("InvalidIdentityToken", "Your request included an invalid SAML response: its assertion could not be decrypted.", 400)], answers.Distinct());
    }

    [Fact]
    public async Task Every_envelope_that_does_not_open_costs_one_operation_with_each_key()
    {
        await using var world = await EncryptionTests.WithKeysAsync();
        foreach (var (attack, write) in BrokenEnvelopes.Closed)
        {
            using var one = new CountingKey(Envelope.Key);
            using var other = new CountingKey(Envelope.NextKey);
            var envelope = EncryptedAssertion.Read(TestSaml.Load(TestSaml.Decode(write(world.Draft))).One("saml:EncryptedAssertion"));
            Assert.Throws<XmlRefusedException>(() => envelope.Open([new KeyPool(() => one), new KeyPool(() => other)]));
            Assert.True((one.Used, other.Used) == (1, 1), attack);
        }
    }

    [Fact]
    public async Task A_good_envelope_costs_the_same_whichever_key_opens_it()
    {
        await using var world = await EncryptionTests.WithKeysAsync();
        foreach (var to in (RSA[])[Envelope.Key, Envelope.NextKey])
        {
            using var one = new CountingKey(Envelope.Key);
            using var other = new CountingKey(Envelope.NextKey);
            var envelope = EncryptedAssertion.Read(TestSaml.Load(new Envelope { To = to }.Of("<a xmlns=\"urn:a\"/>")).DocumentElement!);
            Assert.Equal("a", envelope.Open([new KeyPool(() => one), new KeyPool(() => other)]).LocalName);
            Assert.Equal((1, 1), (one.Used, other.Used));
        }
    }

    [Fact]
    public async Task Nothing_is_decrypted_under_a_signature_that_is_not_good()
    {
        await using var world = await EncryptionTests.WithKeysAsync();
        // Neither opens; the signature around it is looked at first, and says so.
        foreach (var how in (Envelope[])[new() { To = Envelope.OtherKey }, new() { To = Envelope.OtherKey, Block = Envelope.Enc + "aes128-cbc" }])
        {
            var refused = await world.RefusalAsync(TestSaml.Encode(TestSaml.SignResponse(how.Seal(TestSaml.SignAssertion(world.Draft.Xml())), TestSaml.OtherKey)));
            Assert.Equal("Response signature invalid", refused.Message);
        }
    }

    [Fact]
    public async Task The_private_key_of_one_provider_opens_nothing_for_another()
    {
        await using var world = await EncryptionTests.WithKeysAsync();
        Assert.Null((await world.Bench.CallAsync("CreateSAMLProvider", ("Name", "other"), ("SAMLMetadataDocument", TestSaml.Metadata(TestSaml.Key)), ("AddPrivateKey", Envelope.OtherKey.ExportPkcs8PrivateKeyPem()))).Error);
        const string Other = "arn:aws:iam::123456789012:saml-provider/other";
        var draft = world.Draft.With("Role", $"{SamlWorld.RoleArn},{Other}", $"{SamlWorld.RoleArn},{SamlWorld.ProviderArn}");
        var signed = TestSaml.SignAssertion(draft.Xml());
        Assert.Contains("decrypted", (await world.RefusalAsync(TestSaml.Encode(new Envelope { To = Envelope.OtherKey }.Seal(signed)))).Message, StringComparison.Ordinal);
        Assert.Contains("decrypted", (await world.RefusalAsync(TestSaml.Encode(new Envelope().Seal(signed)), provider: Other)).Message, StringComparison.Ordinal);
        // It opens there, and the role does not trust that provider.
        Assert.Equal("AccessDenied", (await world.RefusalAsync(TestSaml.Encode(new Envelope { To = Envelope.OtherKey }.Seal(signed)), provider: Other)).Code);
    }

    // The key itself, and how often somebody decrypted with it.
    private sealed class CountingKey(RSA key) : RSA
    {
        public int Used { get; private set; }

        public override byte[] Decrypt(byte[] data, RSAEncryptionPadding padding)
        {
            Used++;
            return key.Decrypt(data, padding);
        }

        public override RSAParameters ExportParameters(bool includePrivateParameters) => key.ExportParameters(includePrivateParameters);

        public override void ImportParameters(RSAParameters parameters) => throw new NotSupportedException();
    }
}
