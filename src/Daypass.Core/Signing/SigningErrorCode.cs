namespace Daypass.Signing;

/// <summary>Why a request's signature was refused. The names are AWS's codes on the wire.</summary>
public enum SigningErrorCode
{
    /// <summary>Neither an Authorization header nor a signed query string.</summary>
    MissingAuthenticationToken,

    /// <summary>The parts of a signature are missing or malformed.</summary>
    IncompleteSignature,

    /// <summary>The signature is not that of this request, by this key, now, for this service.</summary>
    SignatureDoesNotMatch,

    /// <summary>A percent escape in the query string is broken.</summary>
    MalformedQueryString,

    /// <summary>The path is not absolute, climbs above the root, or has a broken percent escape.</summary>
    InvalidURI,

    /// <summary>The access key or the session token is not known, not live, or they do not belong together.</summary>
    InvalidClientTokenId,

    /// <summary>The session token was good once.</summary>
    ExpiredToken,

    /// <summary>X-Amz-Expires is missing where it counts, not a number, or out of range.</summary>
    AuthorizationQueryParametersError,

    /// <summary>A presigned URL whose own X-Amz-Expires has passed.</summary>
    AccessDenied,

    /// <summary>X-Amz-Content-Sha256 is not the hash of the body.</summary>
    XAmzContentSHA256Mismatch,
}
