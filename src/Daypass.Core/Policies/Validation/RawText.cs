namespace Daypass.Policies.Validation;

/// <summary>Places inside JSON texts as they are written, escapes and all.</summary>
internal static class RawText
{
    private const int LengthOfUnicodeEscape = 6;

    /// <summary>The offset behind a number of characters, each perhaps escaped.</summary>
    public static int Skip(string text, int offset, int characters)
    {
        while (characters-- > 0 && offset < text.Length)
            offset += text[offset] != '\\' ? 1 : offset + 1 < text.Length && text[offset + 1] == 'u' ? LengthOfUnicodeEscape : 2;
        return Math.Min(offset, text.Length);
    }

    /// <summary>The opening quote of the text that ends before an offset: the nearest one that is not escaped.</summary>
    public static int StartOfTextBefore(string text, int end)
    {
        var quote = end - 1;
        do
        {
            quote = quote > 0 ? text.LastIndexOf('"', quote - 1) : -1;
        }
        while (quote > 0 && IsEscaped(text, quote));
        return Math.Max(quote, 0);
    }

    private static bool IsEscaped(string text, int offset)
    {
        var at = offset;
        while (at > 0 && text[at - 1] == '\\')
            at--;
        return (offset - at) % 2 == 1;
    }
}
