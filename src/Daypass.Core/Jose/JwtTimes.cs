using System.Globalization;

namespace Daypass.Jose;

/// <summary>The times of a token: they can refuse it before anything costs, and what they say is only believed with the signature.</summary>
public static class JwtTimes
{
    private const long Latest = 253_402_300_799;

    /// <summary>Checks <c>exp</c> and <c>iat</c>, which must be there, and <c>nbf</c>, which may.</summary>
    /// <param name="claims">The claims, proven or not.</param>
    /// <param name="now">Now.</param>
    /// <param name="skew">How far the issuer's clock may be ahead.</param>
    /// <param name="maxAge">The oldest <c>iat</c>.</param>
    /// <returns>What is wrong, or null.</returns>
    public static JwtFault? Check(JwtClaims claims, DateTimeOffset now, TimeSpan skew, TimeSpan maxAge)
    {
        ArgumentNullException.ThrowIfNull(claims);
        if (Of(claims, "exp", out var expires) is { } noExpiry)
            return noExpiry;
        if (Of(claims, "iat", out var issued) is { } noIssue)
            return noIssue;
        var notBefore = issued;
        if (claims.Find("nbf") is not null && Of(claims, "nbf", out notBefore) is { } noBegin)
            return noBegin;
        var seconds = now.ToUnixTimeSeconds();
        if (seconds >= expires)
            return Expired($"Token expired: current date/time {Text(seconds)} must be before the expiration date/time {Text(expires)}");
        if (issued > seconds + (long)skew.TotalSeconds || notBefore > seconds + (long)skew.TotalSeconds)
            return new JwtFault(JwtFaultCode.NotYetValid, $"Token is not valid yet: current date/time {Text(seconds)} is before its date/time {Text(Math.Max(issued, notBefore))}");
        return seconds - issued > (long)maxAge.TotalSeconds ? Expired($"Token too old: {Text(seconds - issued)}") : null;
    }

    private static JwtFault? Of(JwtClaims claims, string name, out long seconds)
    {
        seconds = claims.Seconds(name) ?? -1;
        if (seconds is >= 0 and <= Latest)
            return null;
        return new JwtFault(JwtFaultCode.BadClaim, claims.Find(name) is null ? $"Missing a required claim: {name}" : $"The claim {name} must be a whole number of seconds since 1970");
    }

    private static JwtFault Expired(string message) => new(JwtFaultCode.Expired, message);

    private static string Text(long seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
