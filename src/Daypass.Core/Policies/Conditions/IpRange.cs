using System.Globalization;

namespace Daypass.Policies.Conditions;

/// <summary>A CIDR range. Without a length it is one address; bits of the host part do not count.</summary>
internal readonly record struct IpRange(IpBits Network, int PrefixLength)
{
    private const int MappedPrefix = 96;

    public static bool TryParse(ReadOnlySpan<char> text, out IpRange range)
    {
        range = default;
        var slash = text.IndexOf('/');
        if (!IpBits.TryParse(slash < 0 ? text : text[..slash], out var network))
            return false;
        var length = network.Length;
        if (slash >= 0 && !TryReadLength(text, slash, network, out length))
            return false;
        range = new(network, length);
        return true;
    }

    /// <summary>Whether there are bits behind the prefix, which do not count.</summary>
    public bool HasHostBits => PrefixLength < Network.Length && (PrefixLength == 0 ? Network.Value : Network.Value & ((UInt128.One << (Network.Length - PrefixLength)) - 1)) != 0;

    public bool Contains(IpBits address) =>
        address.IsV6 == Network.IsV6
        && (PrefixLength == 0 || (address.Value ^ Network.Value) >> (Network.Length - PrefixLength) == 0);

    /// <summary>The length of a mapped IPv4 range counts the 96 bits before the address.</summary>
    private static bool TryReadLength(ReadOnlySpan<char> text, int slash, IpBits network, out int length)
    {
        if (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length))
            return false;
        if (!network.IsV6 && text[..slash].Contains(':'))
            length -= MappedPrefix;
        return length >= 0 && length <= network.Length;
    }
}
