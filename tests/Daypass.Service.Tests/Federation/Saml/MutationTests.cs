using System.Text.Json;
using System.Xml;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>
/// Responses that real providers wrote (SimpleSAMLphp, npm samlify, npm saml), changed by chance: in their letters and in their trees, in the open and in
/// envelopes. What is taken all the same says what the original said.
/// </summary>
public class MutationTests
{
    private const int Rounds = 1500;
    private static readonly string[] Others = ["alice@example.com", "root@example.com", "ID", "Id", "saml:", "samlp:", "ds:", "urn:oasis:names:tc:SAML:2.0:assertion", "http://www.w3.org/2000/09/xmldsig#", "<!-- -->", "<![CDATA[x]]>", "<?x?>", "&#0;", "&amp;", "xmlns:x=\"1\"", "\"", "<", ">", "/", "\n", "é", "#"];

    public static TheoryData<string, int> Sources { get; } = new() { { "simplesaml", 1 }, { "samlify", 2 }, { "saml", 3 } };

    [Theory, MemberData(nameof(Sources))]
    public async Task Whatever_is_taken_says_what_the_original_said(string source, int seed)
    {
        await using var real = await RealResponse.RegisterAsync(source);
        var chance = new Chance(seed);
        var taken = 0;
        for (var i = 0; i < Rounds; i++)
            taken += real.IsTaken(Mutate(real.Xml, chance)) ? 1 : 0;
        // There is room for harmless changes outside of what is signed: if none was taken, the test itself is broken.
        Assert.InRange(taken, 1, Rounds / 2);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Whatever_is_taken_in_an_envelope_says_what_the_original_said(string source, int seed)
    {
        await using var real = await RealResponse.RegisterAsync(source);
        var chance = new Chance(seed + 10);
        // A response that is signed around its assertion has its signature in the open, and it is not good for an envelope: then all are refused.
        for (var i = 0; i < Rounds / 3; i++)
        {
            real.IsTaken(new Envelope { Before = xml => Mutate(xml, chance) }.Seal(real.Xml));
            real.IsTaken(Mutate(new Envelope().Seal(real.Xml), chance));
        }
    }

    private static string Mutate(string xml, Chance chance)
    {
        var changed = xml;
        for (var i = chance.Below(3); i >= 0; i--)
            changed = chance.Below(2) == 0 ? OfLetters(changed, chance) : OfTree(changed, chance);
        return changed;
    }

    private static string OfLetters(string xml, Chance chance)
    {
        if (xml.Length == 0)
            return xml;
        var (at, length) = (chance.Below(xml.Length), chance.Below(40));
        var end = Math.Min(xml.Length, at + length);
        return chance.Below(4) switch
        {
            0 => xml[..at] + xml[end..],
            1 => xml[..at] + xml[chance.Below(xml.Length)..][..Math.Min(length, 1)] + xml[at..],
            2 => xml.Insert(chance.Below(xml.Length), xml[at..end]),
            _ => xml[..at] + Others[chance.Below(Others.Length)] + xml[(chance.Below(2) == 0 ? at : end)..],
        };
    }

    private static string OfTree(string xml, Chance chance)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        try
        {
            document.LoadXml(xml);
        }
        catch (XmlException)
        {
            return xml;
        }
        var all = document.SelectNodes("//*")!.OfType<XmlElement>().ToList();
        var (one, other) = (all[chance.Below(all.Count)], all[chance.Below(all.Count)]);
        switch (chance.Below(5))
        {
            case 0 when one.ParentNode is XmlElement parent:
                parent.RemoveChild(one);
                break;
            case 1:
                other.AppendChild(one.CloneNode(deep: true));
                break;
            case 2 when other.ParentNode is XmlElement parent:
                parent.InsertBefore(one.CloneNode(deep: true), other);
                break;
            case 3 when one.Attributes.Count > 0 && other.Attributes.Count > 0:
                one.Attributes[chance.Below(one.Attributes.Count)]!.Value = other.Attributes[chance.Below(other.Attributes.Count)]!.Value;
                break;
            default:
                one.SetAttribute(Others[2 + chance.Below(2)], "_" + chance.Below(9));
                break;
        }
        return document.OuterXml;
    }

    private sealed class Chance(int seed)
    {
        private readonly SeededEntropy _entropy = new(seed);

        public int Below(int limit)
        {
            Span<byte> bytes = stackalloc byte[4];
            _entropy.Fill(bytes);
            return (int)(BitConverter.ToUInt32(bytes) % (uint)limit);
        }
    }

    /// <summary>A response that was written on 2026-11-22, and the provider registered that wrote it.</summary>
    private sealed class RealResponse : IAsyncDisposable
    {
        private readonly SamlWorld _world;
        private readonly SamlProvider _provider;
        private readonly ProviderKeys _keys;
        private readonly DateTimeOffset _now;
        private readonly string _meaning;

        private RealResponse(SamlWorld world, string xml, SamlProvider provider, ProviderKeys keys)
        {
            (_world, Xml, _provider, _keys) = (world, xml, provider, keys);
            _now = DateTimeOffset.Parse(TestSaml.Load(xml).DocumentElement!.GetAttribute("IssueInstant"), System.Globalization.CultureInfo.InvariantCulture).AddSeconds(30);
            _meaning = MeaningOf(xml);
        }

        public string Xml { get; }

        public static async Task<RealResponse> RegisterAsync(string source)
        {
            await using var stream = typeof(MutationTests).Assembly.GetManifestResourceStream($"saml/{source}")!;
            using var reader = new StreamReader(stream);
            var xml = await reader.ReadToEndAsync();
            var document = TestSaml.Load(xml);
            var world = await SamlWorld.StartAsync();
            var metadata = TestSaml.Metadata(document.SelectSingleNode("/*/*[local-name()='Issuer']")!.InnerText, "", TestSaml.Key);
            // The certificate that it brings along is the registered one.
            var certificate = document.SelectSingleNode("//*[local-name()='X509Certificate']")!.InnerText;
            var start = metadata.IndexOf("<ds:X509Certificate>", StringComparison.Ordinal) + "<ds:X509Certificate>".Length;
            metadata = metadata[..start] + certificate + metadata[metadata.IndexOf("</ds:X509Certificate>", StringComparison.Ordinal)..];
            await world.UpdateAsync(("SAMLMetadataDocument", metadata), ("AddPrivateKey", Envelope.Key.ExportPkcs8PrivateKeyPem()));
            var home = await world.Bench.HomeAsync();
            var provider = home.Documents.Find(Service.Directories.DocumentKinds.SamlProvider, "idp")!;
            return new RealResponse(world, xml, provider, ProviderKeys.Of(provider, home, world.Bench.Vault));
        }

        /// <summary>Whether it is taken; then it must mean what the original means. Nothing but a refusal may be thrown.</summary>
        public bool IsTaken(string changed)
        {
            try
            {
                var meaning = MeaningOf(changed);
                Assert.True(meaning == _meaning, changed);
                return true;
            }
            catch (Exception refused) when (refused is XmlRefusedException or ApiException)
            {
                return false;
            }
        }

        public ValueTask DisposeAsync() => _world.DisposeAsync();

        private string MeaningOf(string xml)
        {
            var assertion = SamlReader.Prove(SamlResponse.Read(TestSaml.Encode(xml)), _provider, _keys, _now, null);
            SignInAttributes.Read(assertion.Attributes);
            return JsonSerializer.Serialize(assertion);
        }
    }
}
