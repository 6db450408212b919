using System.Globalization;

namespace Daypass.Policies.Conditions;

/// <summary>
/// An address as bits, read without allocating and without the short and octal forms that address parsers of systems accept.
/// An IPv4 address mapped into IPv6 (RFC 4291, 2.5.5.2) is the IPv4 address: dual-stack sockets report callers so.
/// </summary>
internal readonly record struct IpBits(UInt128 Value, bool IsV6)
{
    private const int Groups = 8;

    /// <summary>How many bits there are.</summary>
    public int Length => IsV6 ? 128 : 32;

    public static bool TryParse(ReadOnlySpan<char> text, out IpBits address)
    {
        address = default;
        if (!text.Contains(':'))
        {
            var isV4 = TryReadV4(text, out var v4);
            address = new(v4, IsV6: false);
            return isV4;
        }
        if (!TryReadV6(text, out var v6))
            return false;
        address = PolicyChoices.MappedAddressIsV4 && v6 >> 32 == 0xFFFF ? new((uint)v6, IsV6: false) : new(v6, IsV6: true);
        return true;
    }

    private static bool TryReadV4(ReadOnlySpan<char> text, out uint value)
    {
        value = 0;
        Span<Range> parts = stackalloc Range[5];
        if (text.Split(parts, '.') != 4)
            return false;
        foreach (var part in parts[..4])
        {
            var digits = text[part];
            if (digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0')
                || !byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
                return false;
            value = (value << 8) | octet;
        }
        return true;
    }

    /// <summary>The groups before "::" are the high bits, those behind it the low ones.</summary>
    private static bool TryReadV6(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = 0;
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
            return TryReadGroups(text, out value, out var all) && all == Groups;
        if (!TryReadGroups(text[..gap], out var high, out var before) || !TryReadGroups(text[(gap + 2)..], out var low, out var behind))
            return false;
        // "::" stands for at least one group.
        if (before + behind >= Groups || (before > 0 && text[..gap].Contains('.')))
            return false;
        value = before == 0 ? low : (high << (16 * (Groups - before))) | low;
        return true;
    }

    private static bool TryReadGroups(ReadOnlySpan<char> text, out UInt128 value, out int count)
    {
        value = 0;
        count = 0;
        while (!text.IsEmpty)
        {
            var colon = text.IndexOf(':');
            var group = colon < 0 ? text : text[..colon];
            if (!TryAppend(group, isLast: colon < 0, ref value, ref count) || colon == text.Length - 1)
                return false;
            text = colon < 0 ? default : text[(colon + 1)..];
        }
        return count <= Groups;
    }

    private static bool TryAppend(ReadOnlySpan<char> group, bool isLast, ref UInt128 value, ref int count)
    {
        if (isLast && group.Contains('.'))
        {
            count += 2;
            var isV4 = TryReadV4(group, out var v4);
            value = (value << 32) | v4;
            return isV4;
        }
        count++;
        var isHex = group.Length is > 0 and <= 4 && ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
        value = (value << 16) | (isHex ? ushort.Parse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : (ushort)0);
        return isHex;
    }
}
