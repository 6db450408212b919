using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Tokens;

namespace Daypass.Service.Federation;

/// <summary>
/// Whom an identity provider vouches for, proven: what its token or assertion comes to, in the same terms for every protocol. Made by the authenticators
/// of federation, used by the actions that issue sessions for it.
/// </summary>
internal sealed record ProvenIdentity
{
    /// <summary>The provider's ARN: how trust policies name it.</summary>
    public required string Provider { get; init; }

    public required string Subject { get; init; }

    public required string Audience { get; init; }

    /// <summary>When the provider issued its word, in real time.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When sessions made with it end at the latest, in real time; null where they may outlive it.</summary>
    public DateTimeOffset? SessionsEndAt { get; init; }

    /// <summary>All condition keys that the provider fills, for the trust policy.</summary>
    public required IReadOnlyList<FederatedKey> Keys { get; init; }

    /// <summary>Those of <see cref="Keys"/> that the session keeps.</summary>
    public required IReadOnlyList<FederatedKey> KeptKeys { get; init; }

    /// <summary>Session tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public IReadOnlyList<string> TransitiveTagKeys { get; init; } = [];

    public string? SourceIdentity { get; init; }
}

/// <summary>What an unsigned call shows to prove whom it is for.</summary>
/// <param name="Role">The role that is asked for: its account is where the provider must be registered.</param>
/// <param name="Text">The token or assertion, as sent.</param>
internal sealed record ShownIdentity(Arn Role, string Text);
