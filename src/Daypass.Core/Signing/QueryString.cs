namespace Daypass.Signing;

/// <summary>Reads the raw query of a request: its parameters in the order of arrival, decoded only when asked for.</summary>
internal static class QueryString
{
    /// <summary>The next parameter of a raw query, or false at its end. Empty pieces (<c>a=1&amp;&amp;b=2</c>) are passed over.</summary>
    public static bool Next(scoped ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf('&');
            var piece = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (piece.IsEmpty)
                continue;
            var equals = piece.IndexOf('=');
            name = equals < 0 ? piece : piece[..equals];
            value = equals < 0 ? default : piece[(equals + 1)..];
            return true;
        }
        name = value = default;
        return false;
    }

    /// <summary>The decoded value of the first parameter with this name (letter case counts), or null. AWS lets the first one win.</summary>
    public static string? First(ReadOnlySpan<char> query, string name)
    {
        while (Next(ref query, out var rawName, out var rawValue))
        {
            if (Is(rawName, name))
                return Decode(rawValue);
        }
        return null;
    }

    /// <summary>The decoded value of the one parameter with this name, or null: there is none, or there are more.</summary>
    public static string? Only(ReadOnlySpan<char> query, string name)
    {
        string? only = null;
        while (Next(ref query, out var rawName, out var rawValue))
        {
            if (!Is(rawName, name))
                continue;
            if (only is not null)
                return null;
            only = Decode(rawValue);
        }
        return only;
    }

    /// <summary>Whether a raw name is this one, however it is escaped.</summary>
    public static bool Is(ReadOnlySpan<char> rawName, string name) =>
        rawName.SequenceEqual(name) || (rawName.Contains('%') && string.Equals(Decode(rawName), name, StringComparison.Ordinal));

    /// <summary>The first broken escape of any name or value; empty when all are good.</summary>
    public static ReadOnlySpan<char> BrokenEscape(ReadOnlySpan<char> query)
    {
        while (Next(ref query, out var name, out var value))
        {
            var escape = UriEscaping.BrokenEscape(name);
            if (escape.IsEmpty)
                escape = UriEscaping.BrokenEscape(value);
            if (!escape.IsEmpty)
                return escape;
        }
        return default;
    }

    private static string Decode(ReadOnlySpan<char> raw) =>
        raw.IndexOfAny('%', '+') < 0 ? raw.ToString() : Uri.UnescapeDataString(raw.ToString().Replace('+', ' '));
}
