namespace Daypass.Jose;

/// <summary>Why a token or a set of keys is refused.</summary>
/// <param name="Code">What kind of fault, for the caller to act on.</param>
/// <param name="Message">One line for a person. It never repeats the token.</param>
public sealed record JwtFault(JwtFaultCode Code, string Message);

/// <summary>The kinds of faults of a token.</summary>
public enum JwtFaultCode
{
    /// <summary>It is no signed JWT in the compact form (RFC 7515, section 3.1), or larger than the limits.</summary>
    Malformed,

    /// <summary>It is one, but uses what is not taken: an algorithm outside the table, critical extensions, encryption.</summary>
    Unsupported,

    /// <summary>The issuer's set has no key for it. A fetch of the set may help: the issuer may have a new one.</summary>
    UnknownKey,

    /// <summary>The signature is not the key's.</summary>
    BadSignature,

    /// <summary>A claim is missing or of the wrong form.</summary>
    BadClaim,

    /// <summary>It was for others: no accepted audience.</summary>
    WrongAudience,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not begun.</summary>
    NotYetValid,
}
