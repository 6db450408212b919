using System.Net.Sockets;
using System.Text;

namespace Daypass.Bench.Api;

/// <summary>One request as bytes, and the answer as text.</summary>
internal static class RawCall
{
    private const string LastHeader = "Connection: close\r\n\r\n";

    public static async Task<string> SendAsync(int port, byte[] request)
    {
        using var client = new TcpClient("127.0.0.1", port);
        var stream = client.GetStream();
        var end = request.AsSpan().IndexOf("\r\n\r\n"u8) + 2;
        await stream.WriteAsync((byte[])[.. request[..end], .. Encoding.ASCII.GetBytes(LastHeader), .. request[(end + 2)..]]);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
