namespace Daypass.Signing;

/// <summary>The chain of signatures through a body: each covers the one before, the first that of the request.</summary>
internal sealed class ChunkVerifier(ReadOnlyMemory<byte> signingKey, SigV4Authorization authorization)
{
    private string _previous = authorization.Signature;

    public void VerifyChunk(ReadOnlySpan<byte> chunk, string signature) =>
        Verify(SigV4Chunks.ChunkStringToSign(authorization.Timestamp, authorization.CredentialScope, _previous, chunk), signature);

    public void VerifyTrailers(ReadOnlySpan<byte> trailers, string signature) =>
        Verify(SigV4Chunks.TrailerStringToSign(authorization.Timestamp, authorization.CredentialScope, _previous, trailers), signature);

    private void Verify(string stringToSign, string signature)
    {
        if (!SigV4.Matches(signingKey.Span, stringToSign, signature))
            throw new PayloadException(PayloadErrorCode.SignatureDoesNotMatch, SigningErrors.NoMatch.Message);
        _previous = signature;
    }
}
