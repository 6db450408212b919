namespace Daypass.Service.Federation.Oidc;

/// <summary>How long keys are held, and how often issuers are asked for them.</summary>
internal sealed record IssuerKeyOptions
{
    /// <summary>
    /// How long keys are good without a word of their issuer, so that its outage stops nobody. Longer survives longer outages; shorter forgets
    /// sooner what was withdrawn during one. Default 4 hours; 5 minutes to 7 days.
    /// </summary>
    public TimeSpan FreshFor { get; init; } = TimeSpan.FromHours(4);

    /// <summary>From this age on keys are fetched again in the background while they serve: a withdrawn key goes with the next fetch. Default 5 minutes.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From this age on a token waits for that fetch, for a second at most: a withdrawn key must not get in after a quiet night. Default 10 minutes.</summary>
    public TimeSpan WaitAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one fetch of discovery document and keys may take together. Default 5 seconds.</summary>
    public TimeSpan FetchPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long a key that the issuer was asked for, and did not have, is not asked for again. Default 5 seconds.</summary>
    public TimeSpan MissingFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Fetches for unknown keys in a row, and then one each <see cref="AskInterval"/>: whoever invents key ids does not load the issuer. Default 5.</summary>
    public int AskBurst { get; init; } = 5;

    /// <summary>See <see cref="AskBurst"/>. Default 2 seconds.</summary>
    public TimeSpan AskInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After a failed fetch, the time until the next; doubled with each in a row, to 30 seconds. Default 1 second.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many calls may wait for one issuer; more are refused at once. Default 256.</summary>
    public int MaxWaiting { get; init; } = 256;
}
