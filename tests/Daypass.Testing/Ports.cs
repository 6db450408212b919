using System.Net;
using System.Net.Sockets;

namespace Daypass.Testing;

/// <summary>
/// Ports for what is stopped and started again: a port that the system chose may be given to somebody else meanwhile. These lie below those that it
/// chooses from, so nobody but the one who took it uses it, and a process takes none twice.
/// </summary>
public static class Ports
{
    private const int First = 10_000;
    private const int Count = 20_000;
    private static int _last = Random.Shared.Next(Count);

    /// <summary>A loopback port that nobody listens at.</summary>
    public static int Take()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
                return port;
        }
        throw new InvalidOperationException("No port is free.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
