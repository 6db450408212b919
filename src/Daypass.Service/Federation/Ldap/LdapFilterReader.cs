using System.Buffers;
using System.Text;

namespace Daypass.Service.Federation.Ldap;

/// <summary>Reads the text form of filters (RFC 4515), strictly: what is not in the grammar is refused when a provider is registered, not guessed.</summary>
internal sealed class LdapFilterReader
{
    private const int MaxLength = 2048;
    private const int MaxDepth = 16;
    private static readonly SearchValues<char> AttributeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-;");
    private readonly string _text;
    private int _at;

    private LdapFilterReader(string text) => _text = text;

    /// <summary>The filter; null when the text is none.</summary>
    public static LdapFilter? TryRead(string text)
    {
        if (text.Length > MaxLength)
            return null;
        var reader = new LdapFilterReader(text);
        return reader.Filter(0) is { } filter && reader._at == text.Length ? filter : null;
    }

    private LdapFilter? Filter(int depth)
    {
        if (depth > MaxDepth || !Take('('))
            return null;
        LdapFilter? filter = Peek switch
        {
            '&' => List(depth) is { } parts ? new LdapFilter.All(parts) : null,
            '|' => List(depth) is { } parts ? new LdapFilter.Any(parts) : null,
            '!' => Skip() && Filter(depth + 1) is { } part ? new LdapFilter.Not(part) : null,
            _ => Item(),
        };
        return filter is not null && Take(')') ? filter : null;
    }

    private List<LdapFilter>? List(int depth)
    {
        Skip();
        var parts = new List<LdapFilter>();
        while (Peek == '(')
        {
            if (Filter(depth + 1) is not { } part)
                return null;
            parts.Add(part);
        }
        // "(&)" is RFC 4526's absolute truth, which nobody means.
        return parts.Count == 0 ? null : parts;
    }

    private LdapFilter? Item()
    {
        var end = _text.AsSpan(_at).IndexOf(')');
        var equals = _text.AsSpan(_at).IndexOf('=');
        if (equals < 0 || end < equals)
            return null;
        var left = _text.Substring(_at, equals);
        var right = _text.Substring(_at + equals + 1, end - equals - 1);
        _at += end;
        if (left.EndsWith(':'))
            return Extensible(left[..^1], right);
        var comparison = left.Length == 0 ? LdapComparison.Equal : left[^1] switch
        {
            '>' => LdapComparison.GreaterOrEqual,
            '<' => LdapComparison.LessOrEqual,
            '~' => LdapComparison.Approximate,
            _ => LdapComparison.Equal,
        };
        var attribute = comparison == LdapComparison.Equal ? left : left[..^1];
        if (!IsAttribute(attribute))
            return null;
        return comparison == LdapComparison.Equal && right.Contains('*', StringComparison.Ordinal) ? Substrings(attribute, right) : Value(right) is { } value ? new LdapFilter.Compare(comparison, attribute, value) : null;
    }

    private static LdapFilter? Substrings(string attribute, string text)
    {
        if (text == "*")
            return new LdapFilter.Present(attribute);
        var parts = text.Split('*');
        LdapValue?[] values = [.. parts.Select(part => part.Length == 0 ? null : Value(part))];
        // Empty only at the ends: two stars side by side are none of the grammar.
        if (parts.Where((part, i) => part.Length > 0 ? values[i] is null : i > 0 && i < parts.Length - 1).Any())
            return null;
        return new LdapFilter.Substrings(attribute, values[0], [.. values[1..^1].OfType<LdapValue>()], values[^1]);
    }

    // attr[:dn][:rule]:=value, or [:dn]:rule:=value.
    private static LdapFilter? Extensible(string left, string right)
    {
        var parts = left.Split(':');
        var ofDn = parts.Length > 1 && parts[1].Equals("dn", StringComparison.OrdinalIgnoreCase);
        var rule = parts.Length > (ofDn ? 2 : 1) ? parts[^1] : null;
        var attribute = parts[0].Length == 0 ? null : parts[0];
        if (parts.Length > (ofDn ? 3 : 2) || (attribute is null && rule is null) || (attribute is not null && !IsAttribute(attribute)) || (rule is not null && !IsAttribute(rule)))
            return null;
        return Value(right) is { } value ? new LdapFilter.Extensible(attribute, rule, ofDn, value) : null;
    }

    private static LdapValue? Value(string text)
    {
        var pieces = new List<LdapValue.Piece>();
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 1 < text.Length && text[i + 1] is 's' or 'd')
            {
                Flush(pieces, bytes);
                pieces.Add(new LdapValue.Piece(null, text[++i]));
            }
            else if (text[i] == '\\')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                    return null;
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else if (text[i] is '(' or '*' or '\0')
            {
                return null;
            }
            else
            {
                var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
            }
        }
        Flush(pieces, bytes);
        return new LdapValue(pieces);
    }

    private static void Flush(List<LdapValue.Piece> pieces, List<byte> bytes)
    {
        if (bytes.Count > 0)
            pieces.Add(new LdapValue.Piece([.. bytes], '\0'));
        bytes.Clear();
    }

    private static bool IsAttribute(string text) => text.Length is > 0 and <= 128 && !text.AsSpan().ContainsAnyExcept(AttributeCharacters);

    private char Peek => _at < _text.Length ? _text[_at] : '\0';

    private bool Skip()
    {
        _at++;
        return true;
    }

    private bool Take(char character)
    {
        if (Peek != character)
            return false;
        _at++;
        return true;
    }
}
