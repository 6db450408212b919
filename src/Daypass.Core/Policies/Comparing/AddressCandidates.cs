using System.Globalization;
using Daypass.Policies.Conditions;

namespace Daypass.Policies.Comparing;

/// <summary>
/// Addresses that stand for all: the first and last of each range, and their neighbours outside of it. Whatever ranges do to one address
/// they do to one of these.
/// </summary>
internal static class AddressCandidates
{
    /// <summary>Addresses of documentation (RFC 5737, RFC 3849), and the ends of all.</summary>
    private static readonly string[] Usual = ["203.0.113.10", "2001:db8::1", "0.0.0.0", "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"];

    public static IReadOnlyList<string> Of(IReadOnlyList<string> operands)
    {
        var all = new List<string>(Usual);
        // IPv4 addresses within IPv6 are read as IPv4, which parts the others at this range.
        AddEnds(all, new IpBits((UInt128)0xFFFF << 32, IsV6: true), 96);
        foreach (var text in operands)
        {
            if (IpRange.TryParse(text, out var range))
                AddEnds(all, range.Network, range.PrefixLength);
        }
        return all;
    }

    private static void AddEnds(List<string> all, IpBits network, int prefix)
    {
        var max = network.IsV6 ? UInt128.MaxValue : uint.MaxValue;
        var host = network.Length == prefix ? 0 : max >> prefix;
        var (first, last) = (network.Value & ~host, network.Value | host);
        all.Add(Written(network with { Value = first + (host > 1 ? 1u : 0u) }));
        all.AddRange(Written(network with { Value = first }), Written(network with { Value = last }));
        if (first > 0)
            all.Add(Written(network with { Value = first - 1 }));
        if (last < max)
            all.Add(Written(network with { Value = last + 1 }));
    }

    private static string Written(IpBits address) => address.IsV6
        ? string.Join(':', Enumerable.Range(0, 8).Select(i => ((ushort)(address.Value >> (112 - (16 * i)))).ToString("x", CultureInfo.InvariantCulture)))
        : string.Join('.', Enumerable.Range(0, 4).Select(i => ((byte)(address.Value >> (24 - (8 * i)))).ToString(CultureInfo.InvariantCulture)));
}
