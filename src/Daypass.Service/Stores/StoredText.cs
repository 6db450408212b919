using System.Text;

namespace Daypass.Service.Stores;

/// <summary>
/// What text every engine can keep: no U+0000 and no half of a surrogate pair, and what is a key fits into an index. Names in a commit that
/// break this are refused, as two of them must never become one. Text of an event is kept with U+FFFD in such places instead, so that no
/// event can ever stop the trail; its record has the original.
/// </summary>
internal static class StoredText
{
    /// <summary>UTF-8 bytes of a document's kind and name together, or of a claim.</summary>
    public const int MostKeyBytes = 2_400;

    public static bool IsWhole(string text) => FirstUnstorable(text) < 0;

    /// <summary>The text with U+FFFD for each thing that cannot be kept.</summary>
    public static string Of(string text)
    {
        var at = FirstUnstorable(text);
        if (at < 0)
            return text;
        var kept = new StringBuilder(text);
        for (; at < kept.Length; at++)
        {
            if (kept[at] == 0 || IsHalf(text, at))
                kept[at] = '\uFFFD';
        }
        return kept.ToString();
    }

    /// <exception cref="ArgumentException">A name in the commit cannot be kept. The message does not repeat it.</exception>
    public static void Check(Commit commit)
    {
        CheckKey(commit.Id, "");
        CheckKey(commit.Set.Value, "");
        foreach (var read in commit.Reads)
            CheckKey(read.Key.Kind, read.Key.Name);
        foreach (var put in commit.Puts)
            CheckKey(put.Key.Kind, put.Key.Name);
        foreach (var key in commit.Deletes)
            CheckKey(key.Kind, key.Name);
        foreach (var claim in commit.Claims)
            CheckKey(claim.Value, "");
    }

    private static void CheckKey(string first, string second)
    {
        if (!IsWhole(first) || !IsWhole(second))
            throw new ArgumentException("A name with U+0000 or half a surrogate pair cannot be stored.");
        if (Encoding.UTF8.GetByteCount(first) + Encoding.UTF8.GetByteCount(second) > MostKeyBytes)
            throw new ArgumentException($"A name longer than {MostKeyBytes} bytes cannot be stored.");
    }

    private static int FirstUnstorable(string text)
    {
        var nul = text.IndexOf('\0');
        var start = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (var i = start; i >= 0 && i < text.Length; i++)
        {
            if (IsHalf(text, i))
                return nul < 0 ? i : Math.Min(i, nul);
        }
        return nul;
    }

    private static bool IsHalf(string text, int at) =>
        char.IsHighSurrogate(text[at]) ? at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])
        : char.IsLowSurrogate(text[at]) && (at == 0 || !char.IsHighSurrogate(text[at - 1]));
}
