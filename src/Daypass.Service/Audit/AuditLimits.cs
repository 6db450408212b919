using System.Text;

namespace Daypass.Service.Audit;

/// <summary>How long the parts of a record may be, as CloudTrail has it. What is longer is cut at its end, never inside a character.</summary>
internal static class AuditLimits
{
    /// <summary>Bytes of a user agent, an error's code and message, an id.</summary>
    public const int Field = 1024;

    /// <summary>Bytes of <c>requestParameters</c>, and of <c>responseElements</c>.</summary>
    public const int Elements = 100 * 1024;

    /// <summary>Bytes of <c>additionalEventData</c>.</summary>
    public const int AdditionalData = 28 * 1024;

    private const int MostBytesOfOneCharacter = 3; // of UTF-16: a pair of surrogates is two, and has four

    /// <summary>The text, or as much of its beginning as fits into a field.</summary>
    public static ReadOnlySpan<char> Cut(string text)
    {
        if (text.Length * MostBytesOfOneCharacter <= Field)
            return text;
        var (bytes, characters) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > Field)
                return text.AsSpan(0, characters);
            characters += rune.Utf16SequenceLength;
        }
        return text;
    }
}
