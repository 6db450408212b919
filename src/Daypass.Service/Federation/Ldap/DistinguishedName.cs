using System.Buffers;
using System.Text;

namespace Daypass.Service.Federation.Ldap;

/// <summary>
/// Distinguished names in RFC 4514's text form, in one spelling each, so that a group is the same group however a directory or an administrator writes
/// it: letter case, spaces around <c>,</c> <c>+</c> <c>=</c>, several spaces for one, and the ways to escape a character do not count.
/// </summary>
internal static class DistinguishedName
{
    private const int MaxLength = 2048;
    private static readonly SearchValues<char> TypeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>The one spelling, to be compared without regard to letter case; null when the text is no distinguished name, or the empty one.</summary>
    public static string? TryNormalize(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return null;
        var names = new List<string>();
        foreach (var name in Split(text, ','))
        {
            string?[] parts = [.. Split(name, '+').Select(Assertion)];
            if (parts.Contains(null))
                return null;
            names.Add(string.Join('+', parts.Order(StringComparer.OrdinalIgnoreCase)));
        }
        return string.Join(',', names);
    }

    /// <summary>Whether both are the same name. What is no name is the same as nothing.</summary>
    public static bool AreSame(string one, string other) => TryNormalize(one) is { } first && string.Equals(first, TryNormalize(other), StringComparison.OrdinalIgnoreCase);

    // A separator behind a backslash is a letter like any other.
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }
        parts.Add(text[start..]);
        return parts;
    }

    private static string? Assertion(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            return null;
        var type = text[..equals].Trim(' ');
        return type.Length == 0 || type.AsSpan().ContainsAnyExcept(TypeCharacters) || ValueOf(text[(equals + 1)..]) is not { } value ? null : $"{type}={Escape(value)}";
    }

    /// <summary>The value without its escapes; null when one of them is none, or a character is there bare that has to have one.</summary>
    private static string? ValueOf(string text)
    {
        var bytes = new List<byte>(text.Length);
        var trimmed = TrimSpaces(text);
        for (var i = 0; i < trimmed.Length; i++)
        {
            if (trimmed[i] is '"' or ';' or '<' or '>' or '\0')
                return null;
            if (trimmed[i] != '\\')
            {
                var rune = char.IsSurrogate(trimmed[i]) ? 2 : 1;
                if (i + rune > trimmed.Length)
                    return null;
                bytes.AddRange(Encoding.UTF8.GetBytes(trimmed.Substring(i, rune)));
                i += rune - 1;
            }
            else if (i + 2 < trimmed.Length && char.IsAsciiHexDigit(trimmed[i + 1]) && char.IsAsciiHexDigit(trimmed[i + 2]))
            {
                bytes.Add(Convert.ToByte(trimmed.Substring(i + 1, 2), 16));
                i += 2;
            }
            else if (i + 1 < trimmed.Length && " \"#+,;<=>\\".Contains(trimmed[i + 1], StringComparison.Ordinal))
            {
                bytes.Add((byte)trimmed[++i]);
            }
            else
            {
                return null;
            }
        }
        return bytes.Count == 0 ? null : Encoding.UTF8.GetString([.. bytes]);
    }

    // A space at the end that is escaped is part of the value.
    private static string TrimSpaces(string text)
    {
        var end = text.Length;
        while (end > 0 && text[end - 1] == ' ' && !(end > 1 && IsEscaped(text, end - 1)))
            end--;
        return text[..end].TrimStart(' ');
    }

    private static bool IsEscaped(string text, int at)
    {
        var backslashes = 0;
        while (at - backslashes > 0 && text[at - backslashes - 1] == '\\')
            backslashes++;
        return backslashes % 2 == 1;
    }

    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var character in value.Trim(' '))
        {
            if (character == ' ' && text.Length > 0 && text[^1] == ' ')
                continue;
            if (character is ',' or '+' or '=' or '\\')
                text.Append('\\');
            text.Append(character);
        }
        return text.ToString();
    }
}
