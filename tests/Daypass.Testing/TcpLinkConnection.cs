using System.Net;
using System.Net.Sockets;

namespace Daypass.Testing;

/// <summary>One connection of a link: two sockets and a pump each way.</summary>
internal sealed class TcpLinkConnection(TcpLink link, Socket client)
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _last = [];
    private bool _stranded;

    /// <summary>Set when what the server answers from now on is lost.</summary>
    public TcpLink.Loss? Deaf { get; set; }

    public async Task RunAsync(int target)
    {
        client.NoDelay = true;
        try
        {
            await link.Thawed;
            await _server.ConnectAsync(IPAddress.Loopback, target);
            await Task.WhenAll(PumpAsync(client, _server, toServer: true), PumpAsync(_server, client, toServer: false));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            End();
        }
    }

    /// <summary>Ends both sides in order, so that what was sent last still arrives.</summary>
    public void Close()
    {
        client.Dispose();
        _server.Dispose();
    }

    /// <summary>The client gets a reset; the server an orderly end, or none when it is stranded.</summary>
    public void Reset(bool strand)
    {
        _stranded |= strand;
        try
        {
            client.LingerState = new LingerOption(enable: true, 0);
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
        client.Dispose();
        if (!_stranded)
            _server.Dispose();
    }

    /// <summary>Whether the text stands in what was sent, also across two reads.</summary>
    public bool Contains(ReadOnlySpan<byte> sent, byte[] text)
    {
        byte[] both = [.. _last, .. sent];
        _last = both[Math.Max(0, both.Length - text.Length + 1)..];
        return both.AsSpan().IndexOf(text) >= 0;
    }

    private async Task PumpAsync(Socket from, Socket to, bool toServer)
    {
        var buffer = new byte[64 << 10];
        while (await ReceiveAsync(from, buffer) is > 0 and var count)
        {
            await link.Thawed;
            var pass = link.Pass(this, toServer, buffer.AsSpan(0, count));
            if (Deaf is null || toServer)
                await SendAsync(to, buffer.AsMemory(0, pass));
            if (pass == count)
                continue;
            link.Cut();
            return;
        }
        End();
    }

    private void End()
    {
        if (!_stranded)
            Close();
    }

    private static async Task<int> ReceiveAsync(Socket from, byte[] buffer)
    {
        try
        {
            return await from.ReceiveAsync(buffer);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes)..];
    }
}
