using System.Buffers;
using System.Text;

namespace Daypass.Tokens;

/// <summary>
/// The texts of authorization messages in fewer bytes: phrases that every explanation has stand as one or two. The phrases are fixed and each is
/// replaced by itself alone, so the length of one part never depends on another: a caller who fills some of the text learns nothing of the rest, as
/// it would from a compression that remembers what it has seen.
/// </summary>
internal static class MessageText
{
    /// <summary>The longest text that is read, in bytes of UTF-8: a service's message may hold anything.</summary>
    public const int MaxBytes = 128 * 1024;

    // Neither occurs in the UTF-8 of a JSON text: control characters are escaped there, and 0xFF is no UTF-8 at all. In other texts they are marked.
    private const byte Literal = 0x00;
    private const byte LastShort = 0x1F;
    private const byte Long = 0xFF;

    private static readonly byte[][] Phrases = [.. MessagePhrases.All.Select(Encoding.ASCII.GetBytes)];

    // Phrases by a hash of their first two characters, the longest first. Those of one place are told apart when they are compared.
    private const int Places = 1024;
    private static readonly int[]?[] ByStart = Index();

    /// <summary>The short form of a text.</summary>
    public static byte[] Pack(string? text) => text is null ? [] : Pack(Encoding.UTF8.GetBytes(text));

    /// <summary>The short form of UTF-8.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> text)
    {
        // At worst every byte is marked.
        var buffer = ArrayPool<byte>.Shared.Rent(text.Length * 2);
        var packed = buffer.AsSpan(0, Write(text, buffer)).ToArray();
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return packed;
    }

    /// <summary>The length of the short form of UTF-8.</summary>
    public static int SizeOf(ReadOnlySpan<byte> text) => Write(text, []);

    // Into nothing it only counts.
    private static int Write(ReadOnlySpan<byte> text, Span<byte> packed)
    {
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            if (PhraseAt(text[at..]) is var index and >= 0)
            {
                at += Phrases[index].Length;
                if (index >= LastShort)
                    Put(packed, length++, Long);
                Put(packed, length++, (byte)(index < LastShort ? index + 1 : index - LastShort));
                continue;
            }
            if (text[at] <= LastShort)
                Put(packed, length++, Literal);
            Put(packed, length++, text[at++]);
        }
        return length;
    }

    private static void Put(Span<byte> packed, int at, byte value)
    {
        if (!packed.IsEmpty)
            packed[at] = value;
    }

    /// <summary>The text of a short form; null if it is none, or the text of an absurd length.</summary>
    public static string? Unpack(ReadOnlySpan<byte> packed)
    {
        var text = new List<byte>(packed.Length * 3);
        for (var at = 0; at < packed.Length && text.Count <= MaxBytes; at++)
        {
            var code = packed[at];
            if (code > LastShort && code != Long)
                text.Add(code);
            else if (code is Literal or Long && ++at == packed.Length)
                return null;
            else if (code == Literal)
                text.Add(packed[at]);
            else if ((code == Long ? LastShort + packed[at] : code - 1) is var index && index < Phrases.Length)
                text.AddRange(Phrases[index]);
            else
                return null;
        }
        return text.Count <= MaxBytes ? Encoding.UTF8.GetString([.. text]) : null;
    }

    private static int PhraseAt(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || ByStart[PlaceOf(text)] is not { } candidates)
            return -1;
        foreach (var index in candidates)
        {
            if (text.StartsWith(Phrases[index]))
                return index;
        }
        return -1;
    }

    private static int[]?[] Index()
    {
        var places = new int[]?[Places];
        foreach (var place in Enumerable.Range(0, Phrases.Length).GroupBy(index => PlaceOf(Phrases[index])))
            places[place.Key] = [.. place.OrderByDescending(index => Phrases[index].Length)];
        return places;
    }

    private static int PlaceOf(ReadOnlySpan<byte> text) => ((text[0] * 31) + text[1]) % Places;
}
