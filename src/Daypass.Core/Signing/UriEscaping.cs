using System.Buffers;
using System.Text;

namespace Daypass.Signing;

/// <summary>
/// The three ways in which canonical requests escape text that is already percent-encoded. None of them decodes to text first,
/// so what cannot be decoded (overlong UTF-8, NUL) is signed as the bytes it is.
/// </summary>
internal static class UriEscaping
{
    // RFC 3986 2.3.
    private const string UnreservedCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly SearchValues<char> Unreserved = SearchValues.Create(UnreservedCharacters);
    private static readonly SearchValues<char> UnreservedOrSlash = SearchValues.Create(UnreservedCharacters + "/");

    /// <summary>Every service but S3: the path as sent is escaped again, so <c>%20</c> becomes <c>%2520</c>.</summary>
    public static void PathAgain(ref Utf8Buffer target, scoped ReadOnlySpan<char> path) => Escape(ref target, path, UnreservedOrSlash, keepEscapes: false, plus: "%2B"u8);

    /// <summary>S3: escapes stay, in capitals and only where they are needed. <c>%2F</c> stays apart from <c>/</c>.</summary>
    public static void PathOnce(ref Utf8Buffer target, scoped ReadOnlySpan<char> path) => Escape(ref target, path, UnreservedOrSlash, keepEscapes: true, plus: "%2B"u8);

    /// <summary>A name or a value of a query: as <see cref="PathOnce"/>, but <c>+</c> is a space, and a space is <c>%20</c>.</summary>
    public static void QueryPart(ref Utf8Buffer target, scoped ReadOnlySpan<char> part) => Escape(ref target, part, Unreserved, keepEscapes: true, plus: "%20"u8);

    /// <summary>Escapes plain text for a query: for values that we put there.</summary>
    public static void QueryText(ref Utf8Buffer target, scoped ReadOnlySpan<char> text) => Escape(ref target, text, Unreserved, keepEscapes: false, plus: "%2B"u8);

    /// <summary>The first escape that is not <c>%</c> and two hex digits; empty when all are good.</summary>
    public static ReadOnlySpan<char> BrokenEscape(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0;)
        {
            if (!IsEscape(text[at..]))
                return text.Slice(at, Math.Min(3, text.Length - at));
            var next = text[(at + 3)..].IndexOf('%');
            at = next < 0 ? -1 : at + 3 + next;
        }
        return default;
    }

    private static void Escape(ref Utf8Buffer target, scoped ReadOnlySpan<char> text, SearchValues<char> plain, bool keepEscapes, scoped ReadOnlySpan<byte> plus)
    {
        while (!text.IsEmpty)
        {
            var run = text.IndexOfAnyExcept(plain);
            target.Add(run < 0 ? text : text[..run]);
            if (run < 0)
                return;
            text = text[run..];
            if (text[0] == '+')
            {
                target.Add(plus);
                text = text[1..];
            }
            else if (keepEscapes && IsEscape(text))
            {
                AddOctet(ref target, (byte)((Hex(text[1]) << 4) | Hex(text[2])));
                text = text[3..];
            }
            else
            {
                text = text[AddRune(ref target, text)..];
            }
        }
    }

    private static int AddRune(ref Utf8Buffer target, scoped ReadOnlySpan<char> text)
    {
        Span<byte> octets = stackalloc byte[4];
        Rune.DecodeFromUtf16(text, out var rune, out var consumed);
        foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
            AddOctet(ref target, octet);
        return consumed;
    }

    private static void AddOctet(ref Utf8Buffer target, byte octet)
    {
        if (Unreserved.Contains((char)octet))
        {
            target.Add(octet);
            return;
        }
        var digits = "0123456789ABCDEF"u8;
        target.Add((byte)'%');
        target.Add(digits[octet >> 4]);
        target.Add(digits[octet & 15]);
    }

    private static bool IsEscape(ReadOnlySpan<char> text) => text.Length >= 3 && text[0] == '%' && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);

    private static int Hex(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
