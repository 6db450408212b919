using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// Whether a proven assertion is for this installation, from that provider, and fresh: AWS's rules, and the places that assertions for AWS name, so
/// that what is set up for AWS works here as it is. Those of this installation's own address count as well.
/// </summary>
internal static class AssertionRules
{
    private const string SignIn = "signin.aws.amazon.com/saml";

    /// <summary>How long after it was issued an assertion can be used.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <summary>How far a provider's clock may be ahead.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <param name="now">Real time, which providers date in.</param>
    /// <param name="publicUrl">The installation's own address; null when it has none.</param>
    /// <exception cref="XmlRefusedException">It is for somebody else, or from somebody else, or of another time.</exception>
    /// <exception cref="ApiException">ExpiredTokenException.</exception>
    public static void Check(Assertion assertion, SamlResponse response, SamlProvider provider, DateTimeOffset now, string? publicUrl)
    {
        if (assertion.Issuer != provider.EntityId || (response.Issuer ?? assertion.Issuer) != assertion.Issuer)
            throw new XmlRefusedException("Issuer not present in specified provider");
        CheckTimes(assertion, now);
        if (provider.ValidUntil <= now)
            throw new XmlRefusedException("The metadata of the provider is no longer valid. Its administrator has to upload it anew");
        if (!IsPlace(assertion.Recipient, provider, publicUrl) || (response.Destination is { } destination && !IsPlace(destination, provider, publicUrl)))
            throw new XmlRefusedException("Response was made for another Recipient or Destination");
        if (assertion.Audiences.Count == 0 || !assertion.Audiences.All(each => each.Any(audience => audience == SamlNames.Audience || IsPlace(audience, provider, publicUrl))))
            throw new XmlRefusedException("Response does not contain the required audience.");
    }

    private static void CheckTimes(Assertion assertion, DateTimeOffset now)
    {
        if (now - assertion.IssuedAt >= MaxAge)
            throw Errors.ExpiredIdentity("Token must be redeemed within 5 minutes of issuance");
        if (assertion.EndsAt <= now || assertion.SessionEndsAt <= now)
            throw Errors.ExpiredIdentity($"Token expired: current date/time {now.ToUnixTimeSeconds()} must be before the expiration date/time {(assertion.EndsAt <= now ? assertion.EndsAt : assertion.SessionEndsAt!.Value).ToUnixTimeSeconds()}");
        if (assertion.IssuedAt > now + Skew || assertion.StartsAt > now + Skew)
            throw new XmlRefusedException("it is of a time to come");
    }

    // https://signin.aws.amazon.com/saml, or of one region, or with the provider's UUID behind it.
    private static bool IsPlace(string text, SamlProvider provider, string? publicUrl)
    {
        const string Scheme = "https://";
        var own = "/acs/" + provider.Id;
        var place = text.EndsWith(own, StringComparison.Ordinal) ? text[..^own.Length] : text;
        if (publicUrl is not null && place == publicUrl + "/saml")
            return true;
        if (!place.StartsWith(Scheme, StringComparison.Ordinal) || !place.EndsWith(SignIn, StringComparison.Ordinal))
            return false;
        var region = place[Scheme.Length..^SignIn.Length];
        return region.Length == 0 || (region.Length > 1 && region[^1] == '.' && region[..^1].All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-'));
    }
}
