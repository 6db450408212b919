namespace Daypass.AspNetCore.Requests;

/// <summary>
/// Holds the last bytes of a body back until the stream below has verified the whole. A service that stops at Content-Length, as many
/// readers do, would otherwise never learn that the body was wrong.
/// </summary>
internal sealed class ProvenBodyStream(Stream verified, long? length) : Stream
{
    private readonly byte[] _probe = new byte[1];
    private byte? _heldBack;
    private long _released;
    private bool _isProven;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isProven || buffer.IsEmpty)
            return 0;
        return length is null ? await ReadAllButOneAsync(buffer, cancellationToken) : await ReadUpToLengthAsync(buffer, cancellationToken);
    }

    private async ValueTask<int> ReadUpToLengthAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await verified.ReadAsync(buffer, cancellationToken);
        _released += count;
        // The stream below says 0 only when all of the body was there and is good; anything else throws.
        if (count == 0 || (_released == length && await verified.ReadAsync(_probe, cancellationToken) == 0))
            _isProven = true;
        else if (_released >= length)
            throw new InvalidOperationException("The body is longer than announced.");
        return count;
    }

    // Where no length was announced any byte may be the last: one is always held back until the next one is there.
    private async ValueTask<int> ReadAllButOneAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var released = 0;
        while (released == 0 && !_isProven)
        {
            var count = await verified.ReadAsync(buffer, cancellationToken);
            _isProven = count == 0;
            released = _isProven ? ReleaseLast(buffer.Span) : HoldLastBack(buffer.Span, count);
        }
        return released;
    }

    private int ReleaseLast(Span<byte> buffer)
    {
        if (_heldBack is not { } last)
            return 0;
        buffer[0] = last;
        return 1;
    }

    private int HoldLastBack(Span<byte> buffer, int count)
    {
        var (before, last) = (_heldBack, buffer[count - 1]);
        _heldBack = last;
        if (before is not { } first)
            return count - 1;
        buffer[..(count - 1)].CopyTo(buffer[1..]);
        buffer[0] = first;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            verified.Dispose();
        base.Dispose(disposing);
    }
}
