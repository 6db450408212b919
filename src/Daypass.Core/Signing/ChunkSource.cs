using System.Buffers;
using System.Text;

namespace Daypass.Signing;

/// <summary>Reads an aws-chunked body from the network: bounded lines, exact runs of bytes, and the end.</summary>
internal sealed class ChunkSource(Stream body) : IDisposable
{
    /// <summary>Bytes of the longest line; real ones have under 200.</summary>
    public const int LongestLine = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * LongestLine);
    private int _start;
    private int _end;

    /// <summary>
    /// A line of visible ASCII and spaces, without its end. A chunk's line must end with CR LF; some clients end trailers with LF.
    /// </summary>
    public async ValueTask<string> ReadLineAsync(bool mayEndWithLf, CancellationToken cancellationToken)
    {
        var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        while (length < 0)
        {
            if (_end - _start > LongestLine)
                throw Malformed("A line of the aws-chunked body is too long.");
            await FillAsync(cancellationToken).ConfigureAwait(false);
            length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        }
        var line = TakeLine(length, mayEndWithLf);
        _start += length + 1;
        return line;
    }

    /// <summary>Fills a whole target.</summary>
    public async ValueTask ReadExactlyAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        while (!target.IsEmpty)
            target = target[await ReadAsync(target, cancellationToken).ConfigureAwait(false)..];
    }

    /// <summary>Reads at least one byte.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            var count = await body.ReadAsync(target, cancellationToken).ConfigureAwait(false);
            return count > 0 ? count : throw EndedEarly();
        }
        var held = Math.Min(target.Length, _end - _start);
        _buffer.AsMemory(_start, held).CopyTo(target);
        _start += held;
        return held;
    }

    /// <summary>Checks that nothing follows: what a signature does not reach must not be there.</summary>
    public async ValueTask ExpectEndAsync(CancellationToken cancellationToken)
    {
        if (_start != _end || await body.ReadAsync(_buffer.AsMemory(0, 1), cancellationToken).ConfigureAwait(false) != 0)
            throw Malformed("The aws-chunked body goes on after its end.");
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
        _start = _end = 0;
    }

    public static PayloadException Malformed(string message) => new(PayloadErrorCode.InvalidRequest, message);

    private static PayloadException EndedEarly() => new(PayloadErrorCode.IncompleteBody, "The request body terminated unexpectedly");

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var count = await body.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += count > 0 ? count : throw EndedEarly();
    }

    private string TakeLine(int length, bool mayEndWithLf)
    {
        var line = _buffer.AsSpan(_start, length);
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        else if (!mayEndWithLf)
            throw Malformed("A line of the aws-chunked body does not end with CR LF.");
        if (line.Length > LongestLine || line.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0)
            throw Malformed("A line of the aws-chunked body is too long or has characters other than visible ASCII.");
        return Encoding.ASCII.GetString(line);
    }
}
