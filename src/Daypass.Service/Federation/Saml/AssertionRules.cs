using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// Whether a proven assertion is for this installation, from that provider, and fresh: AWS's rules, and the places that assertions for AWS name, so
/// that what is set up for AWS works here as it is. Those of this installation's own address count as well.
/// </summary>
internal static class AssertionRules
{
    private const string SignIn = "signin.aws.amazon.com/saml";

    // A label of a host name, with its dot.
    private const int MaxRegion = 64;

    /// <summary>How long after it was issued an assertion can be used.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <summary>How far a provider's clock may be ahead.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>All of them, in the order in which they are asked.</summary>
    public static readonly IReadOnlyList<AssertionRule> All =
    [
        new("issuer", CheckIssuer, (assertion, _) => assertion.Issuer),
        new("times", CheckTimes, (assertion, place) => AgesOf(assertion, place.Now)),
        new("metadata", CheckMetadata, (_, place) => place.Provider.ValidUntil is { } end ? $"valid until {Ages.Time(end)}" : "has no end"),
        new("recipient", CheckRecipient, (assertion, place) => place.Response.Destination is { } destination && destination != assertion.Recipient ? $"{assertion.Recipient}, with the Destination {destination}" : assertion.Recipient),
        new("audience", CheckAudience, (assertion, _) => string.Join("; ", assertion.Audiences.Select(each => string.Join(", ", each)))),
    ];

    /// <exception cref="XmlRefusedException">It is for somebody else, or from somebody else, or of another time.</exception>
    /// <exception cref="ApiException">ExpiredTokenException.</exception>
    public static void Check(Assertion assertion, AssertionPlace place)
    {
        foreach (var rule in All)
            rule.Check(assertion, place);
    }

    private static void CheckIssuer(Assertion assertion, AssertionPlace place)
    {
        if (assertion.Issuer != place.Provider.EntityId || (place.Response.Issuer ?? assertion.Issuer) != assertion.Issuer)
            throw new XmlRefusedException("Issuer not present in specified provider");
    }

    private static void CheckMetadata(Assertion assertion, AssertionPlace place)
    {
        if (place.Provider.ValidUntil <= place.Now)
            throw new XmlRefusedException("The metadata of the provider is no longer valid. Its administrator has to upload it anew");
    }

    private static void CheckRecipient(Assertion assertion, AssertionPlace place)
    {
        if (!IsPlace(assertion.Recipient, place.Provider, place.PublicUrl) || (place.Response.Destination is { } destination && !IsPlace(destination, place.Provider, place.PublicUrl)))
            throw new XmlRefusedException("Response was made for another Recipient or Destination");
    }

    private static void CheckAudience(Assertion assertion, AssertionPlace place)
    {
        if (assertion.Audiences.Count == 0 || !assertion.Audiences.All(each => each.Any(audience => audience == SamlNames.Audience || IsPlace(audience, place.Provider, place.PublicUrl))))
            throw new XmlRefusedException("Response does not contain the required audience.");
    }

    private static string AgesOf(Assertion assertion, DateTimeOffset now) =>
        $"issued {Ages.Of(assertion.IssuedAt, now)}, good for {MaxAge.TotalMinutes:0} minutes after; {(assertion.StartsAt is { } start ? $"not before {Ages.Of(start, now)}; " : "")}ends {Ages.Of(assertion.EndsAt, now)}"
        + (assertion.SessionEndsAt is { } end ? $"; the provider's session ends {Ages.Of(end, now)}" : "");

    private static void CheckTimes(Assertion assertion, AssertionPlace place)
    {
        var now = place.Now;
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
        return region.Length == 0 || (region.Length is > 1 and <= MaxRegion && region[^1] == '.' && region[..^1].All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-'));
    }
}
