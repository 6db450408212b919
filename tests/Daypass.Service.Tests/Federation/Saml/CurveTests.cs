using System.Security.Cryptography;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>Providers that sign with ECDSA.</summary>
public class CurveTests
{
    public static IEnumerable<object[]> Pairs =>
        from curve in (string[])["nistP256", "nistP384", "nistP521"]
        from hash in (string[])["SHA256", "SHA384", "SHA512"]
        select new object[] { curve, hash };

    [Theory, MemberData(nameof(Pairs))]
    public async Task A_signature_of_each_curve_with_each_hash_is_good(string curve, string hash)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        await using var world = await SamlWorld.StartAsync(keys: key);
        await world.GetAsync(TestSaml.Encode(TestSaml.SignWithCurve((world.Draft with { Id = "_1" }).Xml(), key, new HashAlgorithmName(hash))));
        await world.GetAsync(TestSaml.Encode(TestSaml.SignWithCurve((world.Draft with { Id = "_2" }).Xml(), key, new HashAlgorithmName(hash), "samlp:Response")));
        var changed = TestSaml.SignWithCurve(world.Draft.Xml(), key, new HashAlgorithmName(hash)).Replace("alice@", "root@", StringComparison.Ordinal);
        Assert.Equal("Response signature invalid", (await world.RefusalAsync(TestSaml.Encode(changed))).Message);
    }

    [Fact]
    public async Task A_provider_can_go_from_RSA_to_a_curve()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var world = await SamlWorld.StartAsync(keys: [TestSaml.Key, curve]);
        await world.GetAsync(TestSaml.Good(world.Draft with { Id = "_1" }));
        await world.GetAsync(TestSaml.Encode(TestSaml.SignWithCurve((world.Draft with { Id = "_2" }).Xml(), curve, HashAlgorithmName.SHA256)));
    }

    [Fact]
    public async Task A_signature_of_another_curve_or_key_or_in_another_form_is_not()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var longer = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        await using var world = await SamlWorld.StartAsync(keys: key);
        var good = TestSaml.SignWithCurve(world.Draft.Xml(), key, HashAlgorithmName.SHA256);
        foreach (var value in (string[])[Convert.ToBase64String(new byte[64]), Convert.ToBase64String([.. Enumerable.Repeat((byte)0xFF, 64)]), Convert.ToBase64String(new byte[63]), Convert.ToBase64String([0x30, 6, 2, 1, 1, 2, 1, 1]), ""])
            Assert.Equal("Response signature invalid", (await world.RefusalAsync(TestSaml.Encode(TestSaml.Change(good, document => document.One("SignatureValue").InnerText = value)))).Message);
        foreach (var stranger in (ECDsa[])[other, longer])
            Assert.Equal("Response signature invalid", (await world.RefusalAsync(TestSaml.Encode(TestSaml.SignWithCurve(world.Draft.Xml(), stranger, HashAlgorithmName.SHA256)))).Message);
        // The registered key is of another kind than the signature says.
        Assert.Equal("Response signature invalid", (await world.RefusalAsync(TestSaml.Good(world.Draft))).Message);
        await using var rsa = await SamlWorld.StartAsync();
        Assert.Equal("Response signature invalid", (await rsa.RefusalAsync(TestSaml.Encode(good))).Message);
        Assert.Empty(world.Bench.Failures);
    }

    [Fact]
    public async Task Other_curves_are_no_metadata()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        await using var world = await SamlWorld.StartAsync();
        var refused = (await world.Bench.CallAsync("CreateSAMLProvider", ("Name", "corp"), ("SAMLMetadataDocument", TestSaml.Metadata(curve)))).Error!;
        Assert.Equal("InvalidInput", refused.Code);
        Assert.Contains("elliptic curve", refused.Message, StringComparison.Ordinal);
    }
}
