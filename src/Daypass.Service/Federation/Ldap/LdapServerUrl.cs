using System.Buffers;
using System.Net;

namespace Daypass.Service.Federation.Ldap;

/// <summary>
/// Where a directory is: <c>ldaps://</c> or <c>ldap://</c>, a host and perhaps a port. No more of what such URLs may have (RFC 4516): bases and filters
/// are members of their own.
/// </summary>
/// <param name="Host">A name or an address, as certificates are compared with it.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="IsTls">Whether TLS comes first.</param>
internal sealed record LdapServerUrl(string Host, int Port, bool IsTls)
{
    private const string Tls = "ldaps://";
    private const string Plain = "ldap://";
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:[]");

    /// <summary>The parts of a URL; null with the reason, as the end of a sentence that begins with "it".</summary>
    public static LdapServerUrl? TryParse(string url, out string because)
    {
        because = "it must be ldaps:// or ldap://, a host name and perhaps a port, and nothing behind them";
        var isTls = url.StartsWith(Tls, StringComparison.Ordinal);
        if (!isTls && !url.StartsWith(Plain, StringComparison.Ordinal))
            return null;
        var authority = url[(isTls ? Tls : Plain).Length..];
        if (authority.Length == 0 || authority.AsSpan().ContainsAnyExcept(HostCharacters) || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return null;
        // What a URL library reads otherwise than it is written (2130706433 is 127.0.0.1 to some) is not what an administrator has looked at.
        var host = uri.Host;
        var rest = authority.StartsWith(host, StringComparison.OrdinalIgnoreCase) ? authority[host.Length..] : null;
        var port = isTls ? 636 : 389;
        if (rest is null || (rest.Length > 0 && !(rest[0] == ':' && int.TryParse(rest.AsSpan(1), System.Globalization.NumberStyles.None, null, out port) && port is > 0 and <= 65535)))
            return null;
        because = "";
        return new LdapServerUrl(uri.DnsSafeHost, port, isTls);
    }

    /// <summary>Whether the server may be called there; a name may still turn out to be a private address, which is then not called.</summary>
    public bool MayBeCalled(IReadOnlyList<IPNetwork> allowed) =>
        IPAddress.TryParse(Host, out var address) ? PublicAddresses.MayCall(address, allowed)
        : !IsLocalName(Host) || PublicAddresses.MayCall(IPAddress.Loopback, allowed);

    // RFC 6761, section 6.3.
    private static bool IsLocalName(string host) => host.TrimEnd('.') is var name && (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));
}
