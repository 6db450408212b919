using Daypass.Service.Directories;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>Keys are made once for each revision of a provider, and used by many threads.</summary>
public class ProviderKeysTests
{
    [Fact]
    public async Task Keys_are_made_once_as_long_as_the_provider_is_the_same()
    {
        await using var world = await EncryptionTests.WithKeysAsync();
        var keys = await KeysAsync(world);
        await world.PutRoleAsync(SamlWorld.Trust(), name: "third");
        await world.GetAsync(TestSaml.Good(world.Draft));
        Assert.Same(keys, await KeysAsync(world));

        await world.UpdateAsync(("SAMLMetadataDocument", TestSaml.Metadata(TestSaml.Key, TestSaml.NextKey)));
        var changed = await KeysAsync(world);
        Assert.NotSame(keys, changed);
        Assert.Equal((1, 2), (keys.Signing.Count, changed.Signing.Count));
        Assert.Equal((2, 2), (keys.Decryption.Count, changed.Decryption.Count));
    }

    [Fact]
    public async Task A_key_that_was_stored_under_other_rules_signs_nothing_and_the_others_do()
    {
        await using var world = await SamlWorld.StartAsync();
        var stored = (await world.Bench.HomeAsync()).Documents.Find(DocumentKinds.SamlProvider, "idp")!;
        var weak = TestSaml.CertificateOf(TestSaml.Key.ExportParameters(false).Modulus!, [3]);
        await world.Bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.SamlProvider, stored with { Certificates = [weak, .. stored.Certificates] });
        await world.GetAsync(TestSaml.Good(world.Draft));
        await world.Bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.SamlProvider, stored with { Certificates = [weak] });
        Refusal.Says("Response signature invalid").Check(await world.RefusalAsync(TestSaml.Good(world.Draft with { Id = "_next" })));
        Assert.Empty(world.Bench.Failures);
    }

    [Fact]
    public async Task Many_threads_prove_and_open_with_the_same_keys()
    {
        await using var world = await EncryptionTests.WithKeysAsync();
        var home = await world.Bench.HomeAsync();
        var provider = home.Documents.Find(DocumentKinds.SamlProvider, "idp")!;
        var keys = ProviderKeys.Of(provider, home, world.Bench.Vault);
        var now = world.Time.GetUtcNow();
        string[] responses = [.. Enumerable.Range(0, 40).Select(i => TestSaml.SignAssertion((world.Draft with { Subject = $"person-{i}" }).Xml()) is var xml && i % 2 == 0 ? xml : new Envelope { To = i % 4 == 1 ? Envelope.Key : Envelope.NextKey }.Seal(xml)).Select(TestSaml.Encode)];
        var subjects = new string[responses.Length * 10];
        Parallel.For(0, subjects.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => subjects[i] = SamlReader.Prove(SamlResponse.Read(responses[i % responses.Length]), provider, keys, now, null).Subject);
        Assert.Equal(Enumerable.Range(0, subjects.Length).Select(i => $"person-{i % responses.Length}"), subjects);
    }

    private static async Task<ProviderKeys> KeysAsync(SamlWorld world)
    {
        var home = await world.Bench.HomeAsync();
        return ProviderKeys.Of(home.Documents.Find(DocumentKinds.SamlProvider, "idp")!, home, world.Bench.Vault);
    }
}
