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
        if (context.Request.IsHttps || context.Connection.RemoteIpAddress is not { } peer)
            return true;
        if (peer.IsIPv4MappedToIPv6)
            peer = peer.MapToIPv4();
        return IPAddress.IsLoopback(peer) || proxies.Any(proxy => proxy.Contains(peer));
    }
}
