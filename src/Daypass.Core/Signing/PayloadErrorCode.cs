namespace Daypass.Signing;

/// <summary>Why a body was refused while it was read. The names are S3's codes on the wire.</summary>
public enum PayloadErrorCode
{
    /// <summary>The framing of an aws-chunked body, or the headers that announce it, are malformed.</summary>
    InvalidRequest,

    /// <summary>X-Amz-Decoded-Content-Length is missing or is no length.</summary>
    MissingContentLength,

    /// <summary>The body ended early, or has more than was announced.</summary>
    IncompleteBody,

    /// <summary>A chunk is larger than this server holds, or smaller than 8 KiB without being the last.</summary>
    InvalidChunkSizeError,

    /// <summary>The signature of a chunk or of the trailers is wrong.</summary>
    SignatureDoesNotMatch,

    /// <summary>A trailer is malformed, undeclared, repeated or missing.</summary>
    MalformedTrailerError,

    /// <summary>A trailing checksum is not that of the data.</summary>
    BadDigest,

    /// <summary>The body's SHA-256 is not the one in X-Amz-Content-Sha256.</summary>
    XAmzContentSHA256Mismatch,

    /// <summary>The body is signed in a way that this server does not verify (SigV4a chunks).</summary>
    NotImplemented,
}
