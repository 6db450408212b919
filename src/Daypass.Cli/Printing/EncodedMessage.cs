namespace Daypass.Cli.Printing;

/// <summary>The encoded authorization message at the end of a refusal.</summary>
internal static class EncodedMessage
{
    private const string Mark = "Encoded authorization failure message:";

    /// <summary>
    /// The message in what somebody copied: the text of an error with the message behind its mark, or the message alone. Lines may be broken. Empty if
    /// there is none: the words of an error without a message are not taken for one.
    /// </summary>
    public static string Find(string text)
    {
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        var rest = string.Concat((at < 0 ? text : text[(at + Mark.Length)..]).Where(character => !char.IsWhiteSpace(character)));
        return at >= 0 || rest.All(IsOfMessage) ? string.Concat(rest.TakeWhile(IsOfMessage)) : "";
    }

    /// <summary>The text with how long the messages in it are in their place, for people.</summary>
    public static string Shorten(string text)
    {
        for (var at = text.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Mark, at + 1, StringComparison.Ordinal))
        {
            var start = at + Mark.Length + 1;
            var length = start < text.Length ? text.AsSpan(start).IndexOfAnyExcept(Characters) is var end and >= 0 ? end : text.Length - start : 0;
            if (length > 0)
                text = $"{text[..start]}({length} characters){text[(start + length)..]}";
        }
        return text;
    }

    private static readonly System.Buffers.SearchValues<char> Characters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static bool IsOfMessage(char character) => Characters.Contains(character);
}
