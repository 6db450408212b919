using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Daypass.Bench.Load;

/// <summary>One keep-alive connection with at most one request under way. Never blocks.</summary>
internal sealed class Connection : IDisposable
{
    private static ReadOnlySpan<byte> EndOfHeaders => "\r\n\r\n"u8;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[256 * 1024];
    private int _length;
    private long _sentAt;

    public Connection(int port)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Blocking = false;
    }

    public int Descriptor => (int)_socket.Handle;

    public bool IsIdle { get; private set; } = true;

    public void Send(byte[] request)
    {
        (_length, IsIdle, _sentAt) = (0, false, Stopwatch.GetTimestamp());
        // One request is far smaller than the socket's buffer, which is empty: it goes in whole.
        if (_socket.Send(request) != request.Length)
            throw new IOException("The connection did not take a request whole.");
    }

    /// <summary>Takes what has come; the response's microseconds when it is complete, else null.</summary>
    /// <exception cref="IOException">Another status than 200, a response without a length, or the connection ended.</exception>
    public long? Receive()
    {
        // Reading into no room looks like an end.
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _length);
        var read = _socket.Receive(_buffer.AsSpan(_length), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return null;
        if (read == 0)
            throw new IOException($"The server ended the connection: {error}.");
        _length += read;
        if (!IsComplete(_buffer.AsSpan(0, _length)))
            return null;
        IsIdle = true;
        return (long)Stopwatch.GetElapsedTime(_sentAt).TotalMicroseconds;
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsComplete(ReadOnlySpan<byte> response)
    {
        var end = response.IndexOf(EndOfHeaders);
        if (end < 0)
            return false;
        if (!response.StartsWith("HTTP/1.1 200 "u8))
            throw new IOException($"Not a 200: {Encoding.UTF8.GetString(response)}");
        return response.Length >= end + EndOfHeaders.Length + LengthOf(response[..end]);
    }

    private static int LengthOf(ReadOnlySpan<byte> headers)
    {
        var at = headers.IndexOf("Content-Length: "u8);
        if (at < 0)
            throw new IOException($"A response without Content-Length: {Encoding.UTF8.GetString(headers)}");
        var length = 0;
        for (at += "Content-Length: ".Length; at < headers.Length && headers[at] is >= (byte)'0' and <= (byte)'9'; at++)
            length = (length * 10) + headers[at] - '0';
        return length;
    }
}
