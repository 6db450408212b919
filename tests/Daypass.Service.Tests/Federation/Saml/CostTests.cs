using System.Security.Cryptography;
using System.Xml;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>
/// What strangers can make verification cost. Whoever once got a response has a SignedInfo that is genuine, so what they put around it is canonicalised before it
/// is refused; and whoever has none can still write a KeyInfo. By the bytes that are allocated, which no load of the machine changes.
/// </summary>
public class CostTests
{
    // The text, the copy that is canonicalised, its canonical form, and their trees: of short elements each character is a node's part.
    private const long PerCharacter = 300;
    private const long Whatever = 512 * 1024;
    private const int Levels = 25;
    private static readonly DateTimeOffset Now = new ManualTime().GetUtcNow();

    private static readonly Dictionary<string, Func<string>> Bombs = new(StringComparer.Ordinal)
    {
        ["namespaces on every level"] = () => Nest(level => $"<a {Declarations(level, 60)}>", "</a>", "<b/>"),
        ["namespaces used on every level"] = () => Nest(level => $"<p{level}_1:a {Declarations(level, 60)}>", level => $"</p{level}_1:a>", "<b/>"),
        ["namespaces declared again on every element"] = () => string.Concat(Enumerable.Range(0, 1_100).Select(i => $"<x:a xmlns:x=\"u:{i % 2}\" x:b=\"\"/>")),
        ["one prefix bound to others all the way down"] = () => Nest(level => $"<p:a xmlns:p=\"u:{level}\">", "</p:a>", string.Concat(Enumerable.Range(0, 1_500).Select(i => $"<p:a xmlns:p=\"u:{i}\"/>"))),
        ["attributes to be sorted"] = () => string.Concat(Enumerable.Range(0, 60).Select(i => $"<a {string.Join(' ', Enumerable.Range(0, 60).Select(j => $"b{59 - j}=\"\""))}/>")),
        ["attributes of namespaces to be sorted"] = () => string.Concat(Enumerable.Range(0, 60).Select(i => $"<a {Declarations(i, 30)} {string.Join(' ', Enumerable.Range(0, 30).Select(j => $"p{i}_{29 - j}:b=\"\""))}/>")),
        ["long names"] = () => string.Concat(Enumerable.Range(0, 40).Select(i => $"<{new string('a', 2_000 + i)}/>")),
        ["a long prefix"] = () => $"<{new string('p', 20_000)}:a xmlns:{new string('p', 20_000)}=\"u:x\"/>",
        ["one long text"] = () => new string('x', 90_000),
        ["references to characters"] = () => string.Concat(Enumerable.Repeat("&#38;", 16_000)),
        ["what must be escaped"] = () => string.Concat(Enumerable.Repeat("&amp;", 16_000)),
        ["white space"] = () => new string('\n', 90_000),
        ["elements as many as are let in"] = () => string.Concat(Enumerable.Repeat("<a>x</a>", 1_500)),
    };

    public static TheoryData<string> BombNames => [.. Bombs.Keys];

    [Theory, MemberData(nameof(BombNames))]
    public void What_stands_in_a_genuine_signatures_place_costs_memory_in_proportion_to_its_length(string bomb)
    {
        var text = TestSaml.SignAssertion(new Draft(Now).Xml()).Replace("<saml:Subject>", $"<saml:Advice>{Bombs[bomb]()}</saml:Advice><saml:Subject>", StringComparison.Ordinal);
        Assert.True(text.Length <= StrictXml.Message.Characters, $"{text.Length} characters");
        var key = SamlSigningKey.Of(TestSaml.Certificate(TestSaml.Key));
        Assert.False(Verify(text, [key], out _));
        Assert.False(Verify(text, [key], out var cost));
        Assert.InRange(cost, text.Length, (PerCharacter * text.Length) + Whatever);
    }

    private static readonly Dictionary<string, Func<string>> KeyInfos = new(StringComparer.Ordinal)
    {
        ["nothing"] = () => "",
        ["a certificate that is none"] = () => X509("AAAA"),
        ["a certificate that is no Base64"] = () => X509("%%%"),
        ["sixty certificates"] = () => string.Concat(Enumerable.Repeat(X509(TestSaml.Certificate(TestSaml.OtherKey)), 60)),
        ["a certificate of 40,000 bytes"] = () => X509(Convert.ToBase64String(new byte[40_000])),
        ["a certificate with a key of 65,536 bits"] = () => X509(TestSaml.CertificateOf([0x80, .. new byte[8_190], 1], [1, 0, 1])),
        ["an RSA key of 65,536 bits"] = () => $"<KeyValue><RSAKeyValue><Modulus>{Convert.ToBase64String([.. Enumerable.Repeat((byte)0xFF, 8_192)])}</Modulus><Exponent>{Convert.ToBase64String([.. Enumerable.Repeat((byte)0xFF, 8_192)])}</Exponent></RSAKeyValue></KeyValue>",
        ["an RSA key of no bits"] = () => "<KeyValue><RSAKeyValue><Modulus></Modulus><Exponent></Exponent></RSAKeyValue></KeyValue>",
        ["a key of DSA"] = () => "<KeyValue><DSAKeyValue><P>AQ==</P><Q>AQ==</Q><G>AQ==</G><Y>AQ==</Y></DSAKeyValue></KeyValue>",
        ["a key that is somewhere else"] = () => "<RetrievalMethod URI=\"http://169.254.169.254/key\"><Transforms><Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/></Transforms></RetrievalMethod>",
        ["a type by its name"] = () => "<System.Diagnostics.Process xmlns=\"urn:x\"/>",
        ["a key's value of nothing"] = () => "<KeyValue/>",
        ["a list of revoked certificates that is none"] = () => "<X509Data><X509CRL>%</X509CRL></X509Data>",
    };

    public static TheoryData<string> KeyInfoNames => [.. KeyInfos.Keys];

    [Theory, MemberData(nameof(KeyInfoNames))]
    public async Task What_a_signature_brings_along_is_not_read_whatever_it_is(string name)
    {
        await using var world = await SamlWorld.StartAsync();
        var good = WithKeyInfo(TestSaml.SignAssertion(world.Draft.Xml()), KeyInfos[name]());
        Assert.True(good.Length <= StrictXml.Message.Characters, $"{good.Length} characters");
        await world.GetAsync(TestSaml.Encode(good));
        var forged = WithKeyInfo(TestSaml.SignAssertion((world.Draft with { Id = "_forged" }).Xml(), TestSaml.OtherKey), KeyInfos[name]());
        Assert.Equal("Response signature invalid", (await world.RefusalAsync(TestSaml.Encode(forged))).Message);
        Assert.Empty(world.Bench.Failures);
    }

    [Theory, MemberData(nameof(KeyInfoNames))]
    public void What_a_strangers_signature_brings_along_costs_nothing_however_many_keys_are_tried(string name)
    {
        SamlSigningKey[] keys = [.. Enumerable.Range(0, 10).Select(_ => SamlSigningKey.Of(TestSaml.Certificate(TestSaml.Key)))];
        var forged = TestSaml.SignAssertion(new Draft(Now).Xml(), TestSaml.OtherKey);
        Verify(forged, keys, out _);
        Assert.False(Verify(WithKeyInfo(forged, ""), keys, out var plain));
        Assert.False(Verify(WithKeyInfo(forged, KeyInfos[name]()), keys, out var cost));
        Assert.InRange(cost, 1, plain + (16 * 1024));
    }

    [Fact]
    public void Base64_of_white_space_alone_costs_memory_in_proportion_and_is_none()
    {
        var text = new string('\n', 99_996) + "AAAA";
        Assert.Throws<XmlRefusedException>(() => SamlResponse.Read(text));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<XmlRefusedException>(() => SamlResponse.Read(text));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, (8 * text.Length) + Whatever);
    }

    // The tree is made before: what it costs is for the bounds of reading.
    private static bool Verify(string text, IReadOnlyList<SamlSigningKey> keys, out long cost)
    {
        var assertion = StrictXml.Read(text, StrictXml.Message).One("saml:Assertion");
        var signature = assertion.ChildNodes.OfType<XmlElement>().Single(child => child.LocalName == "Signature");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isGood = EnvelopedSignature.IsBy(assertion, signature, keys);
        cost = GC.GetAllocatedBytesForCurrentThread() - before;
        return isGood;
    }

    private static string WithKeyInfo(string xml, string inner) => xml.Replace("</SignatureValue>", $"</SignatureValue><KeyInfo>{inner}</KeyInfo>", StringComparison.Ordinal);

    private static string X509(string certificate) => $"<X509Data><X509Certificate>{certificate}</X509Certificate></X509Data>";

    private static string Declarations(int level, int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"xmlns:p{level}_{i}=\"u:{i}\""));

    private static string Nest(Func<int, string> open, string close, string inner) => Nest(open, _ => close, inner);

    private static string Nest(Func<int, string> open, Func<int, string> close, string inner) =>
        string.Concat(Enumerable.Range(0, Levels).Select(open)) + inner + string.Concat(Enumerable.Range(0, Levels).Reverse().Select(close));
}
