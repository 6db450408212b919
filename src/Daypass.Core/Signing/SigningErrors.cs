using System.Text;
using static Daypass.Signing.SigningErrorCode;

namespace Daypass.Signing;

/// <summary>
/// Every reason to refuse a signature with AWS's text for it. The public ones are for who looks keys and tokens up; the others
/// are given out by <see cref="SigV4Parser"/> and <see cref="SigV4"/>.
/// </summary>
public static class SigningErrors
{
    // What a caller sent is quoted back to it, but not without end.
    private const int LongestQuote = 2048;

    /// <summary>The request carries no signature at all.</summary>
    public static SigningError Missing { get; } = new(MissingAuthenticationToken, "Request is missing Authentication Token");

    /// <summary>The signature is not the one that the key gives for this request.</summary>
    public static SigningError NoMatch { get; } = new(SignatureDoesNotMatch,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");

    /// <summary>No such access key.</summary>
    public static SigningError UnknownKey { get; } = new(InvalidClientTokenId, "The security token included in the request is invalid.");

    /// <summary>The session token does not open, or belongs to another access key. AWS's text has no final period here.</summary>
    public static SigningError BadToken { get; } = new(InvalidClientTokenId, "The security token included in the request is invalid");

    /// <summary>The session is over.</summary>
    public static SigningError TokenExpired { get; } = new(ExpiredToken, "The security token included in the request is expired");

    // Two proofs in one request: AWS says the code and nothing else.
    internal static SigningError TwoSignatures { get; } = new(SignatureDoesNotMatch, "");

    internal static SigningError BadPath { get; } = new(InvalidURI, "Couldn't parse the specified URI.");

    internal static SigningError PresignedUrlExpired { get; } = new(AccessDenied, "Request has expired");

    internal static SigningError HostNotSigned { get; } = new(SignatureDoesNotMatch,
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");

    internal static SigningError NoRegionSet { get; } = Incomplete($"'{SigV4a.Algorithm}' requires one 'X-Amz-Region-Set' that is not empty.");

    internal static SigningError BodyHashMismatch { get; } = new(XAmzContentSHA256Mismatch,
        "The provided 'x-amz-content-sha256' header does not match what was computed.");

    internal static SigningError Incomplete(string message) => new(IncompleteSignature, message);

    internal static SigningError Mismatch(string message) => new(SignatureDoesNotMatch, message);

    internal static SigningError BadEscape(ReadOnlySpan<char> escape) => new(MalformedQueryString, escape.Length < 3
        ? "Incomplete trailing escape % sequence"
        : $"Illegal hex character in escape % pattern: {Quote(escape.ToString())}");

    internal static SigningError BadExpires(string message) => new(AuthorizationQueryParametersError, message);

    internal static SigningError BadDate(string date) =>
        Incomplete($"Date must be in ISO-8601 'basic format'. Got '{Quote(date)}'. See http://en.wikipedia.org/wiki/ISO_8601");

    internal static SigningError BadCredential(string credential, bool isEcdsa) => Incomplete(isEcdsa
        ? $"Credential must have exactly 4 slash-delimited elements, e.g. keyid/date/service/term, got '{Quote(credential)}'"
        : $"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{Quote(credential)}'");

    internal static SigningError UnsupportedAlgorithm(string algorithm) => Incomplete($"Unsupported AWS 'algorithm': '{Quote(algorithm)}'.");

    internal static SigningError NotSorted(string signedHeaders) =>
        Mismatch($"'SignedHeaders' must be lower-case header names, sorted and each named once, got '{Quote(signedHeaders)}'.");

    internal static SigningError HeaderAbsent(string name) =>
        Mismatch($"'{Quote(name)}' is a 'SignedHeader' in the AWS Authorization, but the request has no such header.");

    internal static SigningError HeaderNotSigned(string name) =>
        Mismatch($"There were headers present in the request which were not signed: '{Quote(name)}'.");

    // Escapes in a query can spell anything. What XML cannot carry, or would break the line, must not make the refusal fail.
    internal static string Quote(string text)
    {
        var quoted = new StringBuilder(Math.Min(text.Length, LongestQuote));
        foreach (var rune in text.EnumerateRunes())
        {
            if (quoted.Length >= LongestQuote)
                return quoted.Append("...").ToString();
            quoted.Append(Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF or 0x2028 or 0x2029 ? Rune.ReplacementChar : rune);
        }
        return quoted.ToString();
    }
}
