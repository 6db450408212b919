using System.Buffers;
using System.Xml;
using Daypass.Server.Dialects;

namespace Daypass.Server.Tests.Wire;

/// <summary>Whatever text is stored, the framework's parser reads the answer, and reads that text.</summary>
public class XmlWriterTests
{
    [Fact]
    public void Random_text_comes_back_from_the_frameworks_parser_as_it_was_or_with_what_XML_cannot_hold_replaced()
    {
        var chance = new Random(20261122);
        for (var round = 0; round < 5000; round++)
        {
            var text = new string([.. Enumerable.Range(0, chance.Next(0, 40)).Select(_ => Character(chance))]);
            Assert.Equal(Replaced(text), RoundTrip(text));
        }
    }

    [Theory]
    [InlineData("]]>")]
    [InlineData("<script>&amp;</script>")]
    [InlineData("\r\n\t mixed \r")]
    [InlineData("<![CDATA[x]]>")]
    [InlineData("&#x0;")]
    public void Text_that_looks_like_markup_stays_text(string text) => Assert.Equal(text, RoundTrip(text));

    private static char Character(Random chance) => chance.Next(4) switch
    {
        0 => (char)chance.Next(0, 0x20),
        1 => "<>&'\"]\ud83d\ude00\ufffe\uffff\u2028"[chance.Next(11)],
        2 => (char)chance.Next(0x20, 0x7F),
        _ => (char)chance.Next(0, 0x10000),
    };

    private static string RoundTrip(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new XmlShapeWriter(output);
        writer.Start("A", "urn:test");
        writer.Text("B", text);
        writer.End("A");
        using var reader = XmlReader.Create(new MemoryStream(output.WrittenSpan.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        Assert.True(reader.ReadToDescendant("B", "urn:test"));
        return reader.ReadElementContentAsString();
    }

    private static string Replaced(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value is (< 0x20 and not ('\t' or '\n' or '\r')) or 0xFFFE or 0xFFFF ? "\ufffd" : rune.ToString()));
}
