namespace Daypass.AspNetCore.Requests;

/// <summary>
/// Holds the last bytes of a body back until the stream below has verified the whole. A service that stops at Content-Length, as many
/// readers do, would otherwise never learn that the body was wrong.
/// </summary>
internal sealed class ProvenBodyStream(Stream verified, long? length) : Stream
{
    private readonly byte[] _probe = new byte[1];
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
        var count = await verified.ReadAsync(buffer, cancellationToken);
        _released += count;
        // The stream below says 0 only when all of the body was there and is good; anything else throws.
        if (count == 0 || (_released == length && await verified.ReadAsync(_probe, cancellationToken) == 0))
            _isProven = true;
        else if (_released >= length)
            throw new InvalidOperationException("The body is longer than announced.");
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
