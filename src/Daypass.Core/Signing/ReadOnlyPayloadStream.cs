namespace Daypass.Signing;

/// <summary>
/// What the verifying streams share: forward only, read only, asynchronous only, and once a read has failed all later ones fail
/// alike, so that no caller can read past a refusal.
/// </summary>
public abstract class ReadOnlyPayloadStream : Stream
{
    private PayloadException? _failure;

    private protected ReadOnlyPayloadStream()
    {
    }

    /// <inheritdoc/>
    public sealed override bool CanRead => true;

    /// <inheritdoc/>
    public sealed override bool CanSeek => false;

    /// <inheritdoc/>
    public sealed override bool CanWrite => false;

    /// <inheritdoc/>
    public sealed override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the next verified bytes; 0 means that the whole body was there and is good.</summary>
    /// <exception cref="PayloadException">The body is not what was announced or signed.</exception>
    public sealed override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_failure is not null)
            throw new PayloadException(_failure.Code, _failure.Message);
        if (buffer.IsEmpty)
            return 0;
        try
        {
            return await ReadVerifiedAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // A cancelled or broken read may have lost its place in the framing: it cannot be resumed.
            _failure = failure as PayloadException ?? new PayloadException(PayloadErrorCode.IncompleteBody, "The request body terminated unexpectedly");
            throw;
        }
    }

    /// <inheritdoc/>
    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Not supported: bodies come from the network.</summary>
    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    /// <inheritdoc/>
    public sealed override void Flush()
    {
    }

    /// <inheritdoc/>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private protected abstract ValueTask<int> ReadVerifiedAsync(Memory<byte> buffer, CancellationToken cancellationToken);
}
