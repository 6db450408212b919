using System.Buffers;

namespace Daypass.Signing;

/// <summary>
/// Takes the aws-chunked framing off a body and verifies it on the way: the signature of each chunk before any of its bytes is
/// released, the announced length, the trailers, their signature and the checksums in them, and that nothing follows. Bytes of an
/// unsigned kind are released as they come. The body is good once a read has returned 0, not before.
/// </summary>
public sealed class AwsChunkedStream : ReadOnlyPayloadStream
{
    /// <summary>Bytes of the largest signed chunk, as each is held until its signature is verified. SDKs send 64 KiB to 1 MiB.</summary>
    public const int MaxSignedChunk = 16 * 1024 * 1024;

    /// <summary>Bytes of the smallest signed chunk but the last one, as at S3.</summary>
    public const int MinSignedChunk = 8 * 1024;

    // Memory is taken as data arrives, never because a length was claimed.
    private const int FirstHold = 64 * 1024;

    private readonly ChunkSource _source;
    private readonly AwsChunkedPayload _payload;
    private readonly ChunkVerifier? _verifier;
    private readonly ChunkTrailers _trailers;
    private byte[] _held = [];
    private ReadOnlyMemory<byte> _verified;
    private long _passing;
    private long _decoded;
    private bool _hadShortChunk;
    private bool _isAtEnd;
    private bool _isDisposed;

    /// <summary>Wraps a body, which stays the caller's to dispose.</summary>
    /// <param name="body">The body as received.</param>
    /// <param name="payload">What the request announces, from signed headers.</param>
    /// <param name="authorization">The request's signature, already verified: the chain of chunk signatures begins with it.</param>
    /// <param name="signingKey">The 32 bytes that verified it; kept for as long as the stream is read.</param>
    /// <exception cref="PayloadException">A trailer is declared twice.</exception>
    public AwsChunkedStream(Stream body, AwsChunkedPayload payload, SigV4Authorization authorization, ReadOnlyMemory<byte> signingKey)
    {
        _payload = payload;
        _trailers = new ChunkTrailers(payload.TrailerNames);
        _verifier = SigV4Chunks.HasSignedChunks(payload.Kind) ? new ChunkVerifier(signingKey, authorization) : null;
        _source = new ChunkSource(body);
    }

    /// <summary>The value of a declared trailer (name in lower case) once the end was read; null before.</summary>
    public string? Trailer(string name) => _isAtEnd ? _trailers[name] : null;

    private protected override async ValueTask<int> ReadVerifiedAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        while (!_isAtEnd)
        {
            if (!_verified.IsEmpty)
                return Release(buffer.Span);
            if (_passing > 0)
                return await PassAsync(buffer, cancellationToken).ConfigureAwait(false);
            await NextChunkAsync(cancellationToken).ConfigureAwait(false);
        }
        return 0;
    }

    private int Release(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _verified.Length);
        _verified.Span[..count].CopyTo(buffer);
        _verified = _verified[count..];
        return count;
    }

    private async ValueTask<int> PassAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.Length > _passing)
            buffer = buffer[..(int)_passing];
        var count = await _source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _trailers.Append(buffer.Span[..count]);
        _passing -= count;
        if (_passing == 0)
            await ExpectLineEndAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }

    private async ValueTask NextChunkAsync(CancellationToken cancellationToken)
    {
        var header = ChunkHeader.Parse(await _source.ReadLineAsync(mayEndWithLf: false, cancellationToken).ConfigureAwait(false), _verifier is not null);
        if (header.Length > _payload.DecodedLength - _decoded)
            throw WrongLength();
        _decoded += header.Length;
        if (header.Length == 0)
            await FinishAsync(header, cancellationToken).ConfigureAwait(false);
        else if (_verifier is null)
            _passing = header.Length;
        else
            await HoldAsync(header, _verifier, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask HoldAsync(ChunkHeader header, ChunkVerifier verifier, CancellationToken cancellationToken)
    {
        if (header.Length > MaxSignedChunk || _hadShortChunk)
            throw new PayloadException(PayloadErrorCode.InvalidChunkSizeError,
                $"A signed chunk has at most {MaxSignedChunk} bytes, and only the last chunk is allowed to have a size less than {MinSignedChunk} bytes");
        _hadShortChunk = header.Length < MinSignedChunk;
        var length = (int)header.Length;
        for (var filled = 0; filled < length;)
        {
            GrowHeld(Math.Min(length, Math.Max(FirstHold, filled * 2)), filled);
            var step = Math.Min(length, _held.Length) - filled;
            await _source.ReadExactlyAsync(_held.AsMemory(filled, step), cancellationToken).ConfigureAwait(false);
            filled += step;
        }
        await ExpectLineEndAsync(cancellationToken).ConfigureAwait(false);
        verifier.VerifyChunk(_held.AsSpan(0, length), header.Signature);
        _trailers.Append(_held.AsSpan(0, length));
        _verified = _held.AsMemory(0, length);
    }

    private async ValueTask FinishAsync(ChunkHeader header, CancellationToken cancellationToken)
    {
        if (_decoded != _payload.DecodedLength)
            throw WrongLength();
        _verifier?.VerifyChunk(default, header.Signature);
        if (SigV4Chunks.HasTrailers(_payload.Kind))
            await _trailers.ReadAsync(_source, _verifier, cancellationToken).ConfigureAwait(false);
        else
            await ExpectLineEndAsync(cancellationToken).ConfigureAwait(false);
        await _source.ExpectEndAsync(cancellationToken).ConfigureAwait(false);
        _isAtEnd = true;
    }

    private async ValueTask ExpectLineEndAsync(CancellationToken cancellationToken)
    {
        if ((await _source.ReadLineAsync(mayEndWithLf: false, cancellationToken).ConfigureAwait(false)).Length > 0)
            throw ChunkSource.Malformed("A chunk of the aws-chunked body is longer than it says.");
    }

    private void GrowHeld(int length, int filled)
    {
        if (_held.Length >= length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(length);
        _held.AsSpan(0, filled).CopyTo(larger);
        ReturnHeld();
        _held = larger;
    }

    private void ReturnHeld()
    {
        if (_held.Length > 0)
            ArrayPool<byte>.Shared.Return(_held, clearArray: true);
        _held = [];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!_isDisposed && disposing)
        {
            ReturnHeld();
            _verified = default;
            _source.Dispose();
            _trailers.Dispose();
        }
        _isDisposed = true;
        base.Dispose(disposing);
    }

    private static PayloadException WrongLength() =>
        new(PayloadErrorCode.IncompleteBody, "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header");
}
