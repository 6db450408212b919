using System.Net;
using System.Net.Sockets;
using Daypass.Service.Federation;

namespace Daypass.Server.Federation;

/// <summary>
/// Connects to servers that others have registered, at addresses that may be called and at no other. The name is resolved once and the connection made to
/// the very address that was checked, so a name that points elsewhere the second time (DNS rebinding) gains nothing.
/// </summary>
internal sealed class PublicSockets(IReadOnlyList<IPNetwork> allowed, Func<string, IPAddress[]>? resolve = null)
{
    // Addresses of one name that are tried in turn.
    private const int MaxAddresses = 4;
    private readonly NameLookup _names = new(resolve ?? Dns.GetHostAddresses);

    /// <exception cref="SocketException">Nobody answers.</exception>
    /// <exception cref="IOException">There is no address that may be called.</exception>
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await _names.FindAsync(host, cancellationToken);
        Exception? last = null;
        foreach (var address in addresses.Where(address => PublicAddresses.MayCall(address, allowed)).Take(MaxAddresses))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                last = failure;
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        throw last ?? new IOException("It has no address that may be called.");
    }
}
