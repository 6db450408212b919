namespace Daypass.Jose;

/// <summary>What a token must say to be taken, beside being signed. Immutable.</summary>
public sealed record JwtRules
{
    /// <summary>The issuer that the keys are of. The token's <c>iss</c> must be exactly this.</summary>
    public required string Issuer { get; init; }

    /// <summary>The audiences (client ids) that are taken.</summary>
    public required IReadOnlyCollection<string> Audiences { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// How far the issuer's clock may be ahead, for <c>nbf</c> and <c>iat</c>. Default 60 seconds. <c>exp</c> has no such allowance, as AWS has it: a
    /// token is refused on its last second (RFC 7519, section 4.1.4).
    /// </summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The oldest token that is taken, by <c>iat</c>, however far off its <c>exp</c> is. Default 24 hours.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(24);
}
