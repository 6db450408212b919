namespace Daypass.Testing;

/// <summary>Takes a refusal's text apart: AWS's sentence, and the encoded authorization message that every denial by policies carries.</summary>
public static class Denial
{
    private const string Mark = " Encoded authorization failure message: ";

    /// <summary>The text without the message that must be in it, once, in one of its lengths.</summary>
    public static string Sentence(string text) => Split(text).Sentence;

    /// <summary>The text without the message, and the message.</summary>
    public static (string Sentence, string Message) Split(string text)
    {
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0)
            throw new ArgumentException($"The refusal carries no encoded message: {text}", nameof(text));
        var start = at + Mark.Length;
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_'))
            end++;
        return end - start is 2048 or 4096 or 6827 or 10240
            ? (text[..at] + text[end..], text[start..end])
            : throw new ArgumentException($"The encoded message has {end - start} characters: {text}", nameof(text));
    }
}
