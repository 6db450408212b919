using System.Buffers;
using System.Globalization;
using System.Text;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Dialects;

/// <summary>
/// Writes shapes as the Query protocol's XML, straight to UTF-8. Element names are constants of the code; texts are escaped here and
/// nowhere else, and characters that XML 1.0 cannot hold become U+FFFD, so that no stored text can break a response.
/// </summary>
internal sealed class XmlShapeWriter(IBufferWriter<byte> output) : ShapeWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create(
        Enumerable.Range(0, 0x20).Select(code => (char)code).Concat(['&', '<', '>', '\ufffe', '\uffff']).Concat(Enumerable.Range(0xD800, 0x800).Select(code => (char)code)).ToArray());

    public void Start(string name)
    {
        Raw("<"u8);
        Ascii(name);
        Raw(">"u8);
    }

    public void Start(string name, string xmlNamespace)
    {
        Raw("<"u8);
        Ascii(name);
        Raw(" xmlns=\""u8);
        Ascii(xmlNamespace);
        Raw("\">"u8);
    }

    public void End(string name)
    {
        Raw("</"u8);
        Ascii(name);
        Raw(">"u8);
    }

    public override void Text(string name, string? value)
    {
        if (value is null)
            return;
        Start(name);
        Escaped(value);
        End(name);
    }

    public override void Number(string name, long? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    public override void Flag(string name, bool? value) => Text(name, value switch { true => "true", false => "false", null => null });

    /// <summary>Never with fractions: some clients' parsers take whole seconds only.</summary>
    public override void Time(string name, DateTimeOffset? value) => Text(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    public override void Structure(string name, IShape? value)
    {
        if (value is null)
            return;
        Start(name);
        value.Write(this);
        End(name);
    }

    public override void List(string name, IEnumerable<IShape>? values)
    {
        if (values is null)
            return;
        Start(name);
        foreach (var value in values)
            Structure("member", value);
        End(name);
    }

    public override void TextList(string name, IEnumerable<string>? values)
    {
        if (values is null)
            return;
        Start(name);
        foreach (var value in values)
            Text("member", value);
        End(name);
    }

    /// <summary>As the Query protocol has maps: entries of a key and a value.</summary>
    public override void NumberMap(string name, IEnumerable<KeyValuePair<string, long>> values)
    {
        Start(name);
        foreach (var (key, value) in values)
        {
            Start("entry");
            Text("key", key);
            Number("value", value);
            End("entry");
        }
        End(name);
    }

    public override void TextMap(string name, IEnumerable<KeyValuePair<string, string>>? values)
    {
        if (values is null)
            return;
        Start(name);
        foreach (var (key, value) in values)
        {
            Start("entry");
            Text("key", key);
            Text("value", value);
            End("entry");
        }
        End(name);
    }

    /// <summary>IAM sends policy documents percent-encoded by RFC 3986; clients decode once.</summary>
    public override void Document(string name, string? value) => Text(name, value is null ? null : Uri.EscapeDataString(value));

    private void Escaped(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
        {
            Encoding.UTF8.GetBytes(text, output);
            return;
        }
        foreach (var rune in text.EnumerateRunes())
            Escaped(rune);
    }

    private void Escaped(Rune rune)
    {
        switch (rune.Value)
        {
            case '&': Raw("&amp;"u8); return;
            case '<': Raw("&lt;"u8); return;
            case '>': Raw("&gt;"u8); return;
            // A bare carriage return would come back as a line feed.
            case '\r': Raw("&#xD;"u8); return;
            case '\t' or '\n': break;
            case < 0x20 or 0xFFFE or 0xFFFF: rune = Rune.ReplacementChar; break;
        }
        Span<byte> bytes = stackalloc byte[4];
        Raw(bytes[..rune.EncodeToUtf8(bytes)]);
    }

    private void Ascii(string text) => Encoding.UTF8.GetBytes(text, output);

    private void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);
}
