using System.Net;

namespace Daypass.Server.Http;

/// <summary>
/// Behind a proxy, plain http is for the proxy: anybody else who reaches the port from another machine is refused, since nothing that it
/// says of source and transport could be believed.
/// </summary>
internal sealed class ProxyGuard(IReadOnlyList<IPNetwork> proxies)
{
    public bool Allows(HttpContext context)
    {
        if (context.Request.IsHttps || PeerOf(context) is not { } peer)
            return true;
        return IPAddress.IsLoopback(peer) || proxies.Any(proxy => proxy.Contains(peer));
    }

    /// <summary>Whether the connection comes from one of the proxies. To be asked before what they say of the source is believed.</summary>
    public bool IsProxy(HttpContext context) => PeerOf(context) is { } peer && proxies.Any(proxy => proxy.Contains(peer));

    private static IPAddress? PeerOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
}
