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
    private static readonly Dictionary<int, int[]> ByStart = Phrases.Select((phrase, index) => (phrase, index))
        .GroupBy(entry => StartOf(entry.phrase)).ToDictionary(group => group.Key, group => group.OrderByDescending(entry => entry.phrase.Length).Select(entry => entry.index).ToArray());

    /// <summary>The short form of a text.</summary>
    public static byte[] Pack(string? text) => text is null ? [] : Pack(Encoding.UTF8.GetBytes(text));

    /// <summary>The short form of UTF-8.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> text)
    {
        var packed = new List<byte>(text.Length / 2);
        for (var at = 0; at < text.Length;)
        {
            if (PhraseAt(text[at..]) is { } index)
            {
                Put(packed, index);
                at += Phrases[index].Length;
                continue;
            }
            if (text[at] <= LastShort)
                packed.Add(Literal);
            packed.Add(text[at++]);
        }
        return [.. packed];
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

    private static int? PhraseAt(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || !ByStart.TryGetValue(StartOf(text), out var candidates))
            return null;
        foreach (var index in candidates)
        {
            if (text.StartsWith(Phrases[index]))
                return index;
        }
        return null;
    }

    private static void Put(List<byte> packed, int index)
    {
        if (index < LastShort)
        {
            packed.Add((byte)(index + 1));
            return;
        }
        packed.Add(Long);
        packed.Add((byte)(index - LastShort));
    }

    private static int StartOf(ReadOnlySpan<byte> text) => (text[0] << 8) | text[1];
}
