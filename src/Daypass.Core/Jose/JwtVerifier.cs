using System.Security.Cryptography;

namespace Daypass.Jose;

/// <summary>
/// Proves tokens: the signature by the one key that the issuer's own set has for it, then issuer, times, subject and audience (OpenID Connect Core,
/// section 3.1.3.7, and RFC 8725). Pure.
/// </summary>
public static class JwtVerifier
{
    private const int MaxSubject = 255;

    /// <summary>Proves a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="keys">The keys of the issuer that <paramref name="rules"/> name, and of no other.</param>
    /// <param name="rules">What it must say.</param>
    /// <param name="fault">Why it is refused.</param>
    /// <returns>The proven token, or null.</returns>
    public static VerifiedToken? Verify(JsonWebToken token, JsonWebKeySet keys, JwtRules rules, out JwtFault? fault)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(rules);
        fault = CheckSignature(token, keys)
            ?? CheckIssuer(token.Claims, rules)
            ?? JwtTimes.Check(token.Claims, rules.Now, rules.Skew, rules.MaxAge)
            ?? CheckSubject(token.Claims);
        if (fault is not null)
            return null;
        var audience = FindAudience(token.Claims, rules.Audiences, out fault);
        return audience is null ? null : new VerifiedToken(token.Claims, token.Claims.Text("sub")!, audience);
    }

    /// <summary>Makes the checks of <see cref="Verify"/> one by one, for showing how each went. It proves nothing: what passes here was still not verified.</summary>
    /// <param name="token">The token.</param>
    /// <param name="keys">As with <see cref="Verify"/>.</param>
    /// <param name="rules">As with <see cref="Verify"/>.</param>
    public static JwtExamination Examine(JsonWebToken token, JsonWebKeySet keys, JwtRules rules)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(rules);
        var key = keys.Find(token, out var noKey);
        var audience = FindAudience(token.Claims, rules.Audiences, out var wrongAudience);
        return new JwtExamination
        {
            Key = key,
            KeyFault = noKey,
            SignatureFault = key is null ? noKey : CheckSignature(token, key),
            IssuerFault = CheckIssuer(token.Claims, rules),
            TimesFault = JwtTimes.Check(token.Claims, rules.Now, rules.Skew, rules.MaxAge),
            SubjectFault = CheckSubject(token.Claims),
            AudienceFault = wrongAudience,
            Audience = audience,
        };
    }

    private static JwtFault? CheckSignature(JsonWebToken token, JsonWebKeySet keys) => keys.Find(token, out var fault) is { } key ? CheckSignature(token, key) : fault;

    private static JwtFault? CheckSignature(JsonWebToken token, VerificationKey key)
    {
        try
        {
            return key.Verifies(token.Algorithm, token.Signed, token.Signature) ? null : new JwtFault(JwtFaultCode.BadSignature, "The signature is not that of the issuer's key.");
        }
        catch (CryptographicException)
        {
            return new JwtFault(JwtFaultCode.BadSignature, "The signature cannot be checked.");
        }
    }

    // Character for character: a slash, a port or a letter's case more is another issuer (OpenID Connect Core, section 3.1.3.7, rule 2).
    private static JwtFault? CheckIssuer(JwtClaims claims, JwtRules rules) =>
        claims.Text("iss") == rules.Issuer ? null : BadClaim("The claim iss is not the issuer whose keys signed it");

    private static JwtFault? CheckSubject(JwtClaims claims)
    {
        if (claims.Find("sub") is null)
            return BadClaim("Missing a required claim: sub");
        return claims.Text("sub") is { Length: > 0 and <= MaxSubject } subject && !subject.Any(char.IsControl)
            ? null
            : BadClaim($"The claim sub must be a text of 1 to {MaxSubject} characters without control characters");
    }

    /// <summary>The authorized party where the token names one: it is who the token was made for, and <c>aud</c> whom it is shown to.</summary>
    private static string? FindAudience(JwtClaims claims, IReadOnlyCollection<string> accepted, out JwtFault? fault)
    {
        fault = null;
        if (claims.Texts("aud") is not { Count: > 0 } audiences)
        {
            fault = BadClaim(claims.Find("aud") is null ? "Missing a required claim: aud" : "The claim aud must be a text or a list of texts");
            return null;
        }
        if (claims.Find("azp") is not null)
        {
            if (claims.Text("azp") is not { } party)
                fault = BadClaim("The claim azp must be a text");
            else if (accepted.Contains(party))
                return party;
        }
        else if (audiences.FirstOrDefault(accepted.Contains) is { } audience)
        {
            return audience;
        }
        fault ??= new JwtFault(JwtFaultCode.WrongAudience, "Incorrect token audience");
        return null;
    }

    private static JwtFault BadClaim(string message) => new(JwtFaultCode.BadClaim, message);
}
