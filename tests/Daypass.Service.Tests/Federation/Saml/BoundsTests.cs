using System.Text;
using Daypass.Service.Federation.Saml;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>What a document costs that is refused for its size: a walk over its letters, and no tree. Bounded by what it allocates, which no load of the machine changes.</summary>
public class BoundsTests
{
    // Twenty times the longest of these texts: the parser's own memory of an element's attributes. Canonicalising a tree of them grows with the square of the depth.
    private const int MostBytes = 2_000_000;
    private const int Elements = 13_000;

    private static readonly Dictionary<string, Func<string>> Documents = new(StringComparer.Ordinal)
    {
        ["nested elements"] = () => Nested(Elements),
        ["nested elements in a response whose signature is genuine"] = () => TestSaml.SignAssertion(new Draft(new Support.ManualTime().GetUtcNow()).Xml()).Replace("<samlp:Status>", $"<samlp:Extensions>{Nested(Elements)}</samlp:Extensions><samlp:Status>", StringComparison.Ordinal),
        ["nested elements in the signed assertion itself"] = () => TestSaml.SignAssertion(new Draft(new Support.ManualTime().GetUtcNow()).Xml()).Replace("<saml:Subject>", $"<saml:Advice>{Nested(Elements)}</saml:Advice><saml:Subject>", StringComparison.Ordinal),
        ["nested elements that nobody closes"] = () => string.Concat(Enumerable.Repeat("<a>", Elements)),
        ["elements beside one another"] = () => $"<a>{string.Concat(Enumerable.Repeat("<a/>", Elements))}</a>",
        ["attributes of one element"] = () => $"<a {string.Concat(Enumerable.Range(0, 6000).Select(i => $"a{i}=\"\" "))}/>",
        ["namespaces of one element"] = () => $"<a {string.Concat(Enumerable.Range(0, 3000).Select(i => $"xmlns:a{i}=\"a:{i}\" "))}/>",
        ["texts and elements in turns"] = () => $"<a>{string.Concat(Enumerable.Repeat("x<b/>", 8000))}</a>",
    };

    public static TheoryData<string> Names => [.. Documents.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_document_of_too_many_parts_is_refused_before_anything_is_made_of_it(string name)
    {
        var text = Documents[name]();
        Assert.True(text.Length <= StrictXml.Message.Characters, $"{text.Length} characters");
        // Once before, so that what is made once in a process is made.
        Refuse(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Refuse(text);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains("too many elements or attributes, or they are nested too deeply", refused.Message, StringComparison.Ordinal);
        // Where it was thrown is what had run: the walk, and neither the tree nor any signature.
        Assert.Contains("StrictXml.Walk", refused.StackTrace, StringComparison.Ordinal);
        Assert.True(allocated < MostBytes, $"{allocated:N0} bytes");
    }

    [Fact]
    public void A_document_that_is_too_long_is_refused_as_soon_as_that_shows()
    {
        var text = $"<a>{new string('x', 3_000_000)}</a>";
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refuse(text);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes);
    }

    [Fact]
    public void What_comes_out_of_an_envelope_has_the_same_bounds()
    {
        var envelope = EncryptedAssertion.Read(TestSaml.Load(new Envelope().Of(Nested(Elements))).DocumentElement!);
        KeyPool[] keys = [new KeyPool(() => Envelope.Key)];
        Assert.Throws<XmlRefusedException>(() => envelope.Open(keys));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<XmlRefusedException>(() => envelope.Open(keys));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes);
    }

    [Fact]
    public void What_fits_costs_no_more_than_its_bounds_allow()
    {
        var depth = StrictXml.Message.Depth - 1;
        var document = StrictXml.Read(Nested(depth), StrictXml.Message);
        Assert.NotNull(document.DocumentElement);
        Assert.Throws<XmlRefusedException>(() => StrictXml.Read(Nested(depth + 2), StrictXml.Message));
    }

    private static XmlRefusedException Refuse(string text) => Assert.Throws<XmlRefusedException>(() => StrictXml.Read(text, StrictXml.Message));

    private static string Nested(int depth) => new StringBuilder().Insert(0, "<a>", depth).Insert(depth * 3, "</a>", depth).ToString();
}
