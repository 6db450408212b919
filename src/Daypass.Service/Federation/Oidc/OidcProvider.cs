using Daypass.Names;
using Daypass.Service.Directories;

namespace Daypass.Service.Federation.Oidc;

/// <summary>An OpenID Connect provider that an account trusts: whose tokens, made for whom, and how its keys are found.</summary>
internal sealed record OidcProvider
{
    public int Schema { get; init; } = 1;

    /// <summary>The issuer without <c>https://</c>, letter for letter as it was registered: it is compared with <c>iss</c>, and its ARN ends with it.</summary>
    public required string Url { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The audiences that are taken, in the order of adding.</summary>
    public IReadOnlyList<string> ClientIds { get; init; } = [];

    /// <summary>SHA-1 of certificates that may stand in the chain of the provider's server where the system does not trust it; as passed.</summary>
    public IReadOnlyList<string> Thumbprints { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    // Beyond AWS; see docs/guide/federation/oidc.md.

    /// <summary>The keys themselves (a JSON Web Key Set), for a provider that this server cannot or may not call. Then it is never called.</summary>
    public string? PinnedKeys { get; init; }

    /// <summary>Certificates (PEM) of the authorities that vouch for the provider's server; then no others do, and thumbprints do not count.</summary>
    public string? CertificateAuthorities { get; init; }

    /// <summary>Whether sessions end when the token ends that they were made with. AWS's do not.</summary>
    public bool SessionsEndWithToken { get; init; }

    /// <summary>The issuer as tokens name it.</summary>
    public string Issuer => "https://" + Url;

    public Arn ArnIn(AccountId account) => Arn.Iam(account, "oidc-provider/" + Url);
}
