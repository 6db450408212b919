namespace Daypass.Jose;

/// <summary>
/// A token whose signature, issuer, times and audience were found right. Only <see cref="JwtVerifier"/> makes one, so that what was not proven cannot be
/// used by accident.
/// </summary>
public sealed class VerifiedToken
{
    internal VerifiedToken(JwtClaims claims, string subject, string audience)
    {
        Claims = claims;
        Subject = subject;
        Audience = audience;
    }

    /// <summary>All that the issuer says.</summary>
    public JwtClaims Claims { get; }

    /// <summary><c>iss</c>.</summary>
    public string Issuer => Claims.Text("iss")!;

    /// <summary><c>sub</c>: 1 to 255 characters without controls.</summary>
    public string Subject { get; }

    /// <summary>The audience that was accepted: <c>azp</c> where there is one, else the member of <c>aud</c> that is taken.</summary>
    public string Audience { get; }

    /// <summary>Whether <see cref="Audience"/> is of <c>azp</c>, so that <c>aud</c> says something else.</summary>
    public bool IsAuthorizedParty => Claims.Find("azp") is not null;

    /// <summary><c>aud</c>, one or several.</summary>
    public IReadOnlyList<string> Audiences => Claims.Texts("aud")!;

    /// <summary><c>iat</c>.</summary>
    public DateTimeOffset IssuedAt => DateTimeOffset.FromUnixTimeSeconds(Claims.Seconds("iat")!.Value);

    /// <summary><c>exp</c>: the first second at which the token is refused.</summary>
    public DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeSeconds(Claims.Seconds("exp")!.Value);
}
