using System.Security.Cryptography;

namespace Daypass.Signing;

/// <summary>
/// Passes a body through and holds it against the SHA-256 that was signed for it. The verdict comes at the end: whoever acts on the
/// body must first read to the end, where a wrong body throws instead of returning 0.
/// </summary>
public sealed class HashedPayloadStream : ReadOnlyPayloadStream
{
    private readonly Stream _body;
    private readonly byte[] _expected = new byte[SHA256.HashSizeInBytes];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool _isVerified;

    /// <summary>Wraps a body, which stays the caller's to dispose.</summary>
    /// <param name="body">The body as received.</param>
    /// <param name="payloadHash">X-Amz-Content-Sha256, which the signature covers: 64 lower-case hex digits.</param>
    /// <exception cref="PayloadException">The hash is not 64 lower-case hex digits.</exception>
    public HashedPayloadStream(Stream body, string payloadHash)
    {
        _body = body;
        if (!LowerHex.TryDecode(payloadHash, _expected))
            throw new PayloadException(PayloadErrorCode.InvalidRequest, "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD or a valid sha256 value.");
    }

    private protected override async ValueTask<int> ReadVerifiedAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_isVerified)
            return 0;
        var count = await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _hash.AppendData(buffer.Span[..count]);
        if (count == 0)
            Verify();
        return count;
    }

    private void Verify()
    {
        if (!CryptographicOperations.FixedTimeEquals(_hash.GetHashAndReset(), _expected))
            throw new PayloadException(PayloadErrorCode.XAmzContentSHA256Mismatch, SigningErrors.BodyHashMismatch.Message);
        _isVerified = true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
