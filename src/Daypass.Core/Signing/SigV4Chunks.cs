namespace Daypass.Signing;

/// <summary>
/// Signatures of bodies that are sent in pieces (Amazon S3 API reference, "Signature calculations for the Authorization header:
/// transferring payload in multiple chunks"), and the words that stand for a payload hash.
/// </summary>
public static class SigV4Chunks
{
    /// <summary>The body is not covered by the signature.</summary>
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>Every chunk is signed.</summary>
    public const string SignedPayload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

    /// <summary>Every chunk is signed, and so are the trailers.</summary>
    public const string SignedPayloadTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";

    /// <summary>Chunks and trailers are not signed; a checksum is among the trailers.</summary>
    public const string UnsignedPayloadTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    /// <summary>Every chunk is signed with SigV4a. Known, not supported.</summary>
    public const string EcdsaPayload = "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD";

    /// <summary>Every chunk and the trailers are signed with SigV4a. Known, not supported.</summary>
    public const string EcdsaPayloadTrailer = "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER";

    /// <summary>SHA-256 of nothing, in lower-case hex.</summary>
    public const string EmptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Whether a body with this payload hash has aws-chunked framing, of any of the five kinds.</summary>
    public static bool IsStreaming(string payloadHash) =>
        payloadHash is SignedPayload or SignedPayloadTrailer or UnsignedPayloadTrailer or EcdsaPayload or EcdsaPayloadTrailer;

    /// <summary>Whether the chunks of such a body are signed with this scheme.</summary>
    public static bool HasSignedChunks(string payloadHash) => payloadHash is SignedPayload or SignedPayloadTrailer;

    /// <summary>Whether such a body ends with trailers.</summary>
    public static bool HasTrailers(string payloadHash) => payloadHash is SignedPayloadTrailer or UnsignedPayloadTrailer or EcdsaPayloadTrailer;

    /// <summary>The signature of one chunk, in lower-case hex.</summary>
    /// <param name="signingKey">The 32 bytes of <see cref="SigV4.SigningKey"/>.</param>
    /// <param name="timestamp">The request's time, yyyyMMddTHHmmssZ.</param>
    /// <param name="scope">The request's credential scope.</param>
    /// <param name="previousSignature">That of the chunk before, in hex; for the first, that of the request.</param>
    /// <param name="chunk">The data of the chunk; empty for the last one.</param>
    public static string ChunkSignature(ReadOnlySpan<byte> signingKey, string timestamp, string scope, string previousSignature, ReadOnlySpan<byte> chunk) =>
        SigV4.Sign(signingKey, ChunkStringToSign(timestamp, scope, previousSignature, chunk));

    /// <summary>The signature of the trailers, in lower-case hex; parameters as in <see cref="ChunkSignature"/>.</summary>
    /// <param name="signingKey">The 32 bytes of <see cref="SigV4.SigningKey"/>.</param>
    /// <param name="timestamp">The request's time, yyyyMMddTHHmmssZ.</param>
    /// <param name="scope">The request's credential scope.</param>
    /// <param name="previousSignature">That of the last, empty chunk.</param>
    /// <param name="trailers">One line <c>name:value\n</c> for each, names in lower case and sorted.</param>
    public static string TrailerSignature(ReadOnlySpan<byte> signingKey, string timestamp, string scope, string previousSignature, ReadOnlySpan<byte> trailers) =>
        SigV4.Sign(signingKey, TrailerStringToSign(timestamp, scope, previousSignature, trailers));

    internal static string ChunkStringToSign(string timestamp, string scope, string previousSignature, ReadOnlySpan<byte> chunk) =>
        $"AWS4-HMAC-SHA256-PAYLOAD\n{timestamp}\n{scope}\n{previousSignature}\n{EmptyPayloadHash}\n{SigV4.PayloadHash(chunk)}";

    internal static string TrailerStringToSign(string timestamp, string scope, string previousSignature, ReadOnlySpan<byte> trailers) =>
        $"AWS4-HMAC-SHA256-TRAILER\n{timestamp}\n{scope}\n{previousSignature}\n{SigV4.PayloadHash(trailers)}";
}
