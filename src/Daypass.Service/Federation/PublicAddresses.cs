using System.Net;
using System.Net.Sockets;

namespace Daypass.Service.Federation;

/// <summary>
/// Which addresses this server may be made to call by what others register: those of the public Internet, and those of networks that the operator
/// names. All else (this machine, its links, private networks, the metadata address of clouds, and every way to write them inside an IPv6 address) is
/// not called, whatever a name resolves to. The table is IANA's registries of special-purpose addresses (RFC 6890).
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Special =
    [
        .. Networks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24"),
        .. Networks("192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
        // Public by its number, and the host's own service of every virtual machine in Azure.
        .. Networks("168.63.129.16/32"),
        // Inside global unicast: Teredo, benchmarks, ORCHID, documentation, 6to4.
        .. Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address may be called.</summary>
    /// <param name="address">The address itself, never a name.</param>
    /// <param name="allowed">The operator's networks.</param>
    public static bool MayCall(IPAddress address, IReadOnlyList<IPNetwork> allowed)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        // Without the zone: networks have none, and a link-local address with one must not slip past them.
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
            plain = new IPAddress(plain.GetAddressBytes());
        return allowed.Any(network => network.Contains(plain)) || IsPublic(plain);
    }

    private static bool IsPublic(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address)) && !Array.Exists(Special, network => network.Contains(address));

    private static IEnumerable<IPNetwork> Networks(params IEnumerable<string> texts) => texts.Select(text => IPNetwork.Parse(text));
}
