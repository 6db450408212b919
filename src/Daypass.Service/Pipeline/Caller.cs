using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline;

/// <summary>
/// Who calls, proven. Only the authenticators make one (an architecture test holds that), so unproven input cannot be used by accident.
/// </summary>
internal sealed record Caller
{
    /// <summary>The caller as policies see it.</summary>
    public required Principal Principal { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>The account as it was when the caller was proven. Whatever the call rests on is of this moment, never half of it of a later one.</summary>
    public required AccountDirectory Home { get; init; }

    /// <summary><c>AIDA...</c>, <c>AROA...:session</c>, <c>account:name</c>, or the account number for root.</summary>
    public required string UserId { get; init; }

    public required string AccessKeyId { get; init; }

    /// <summary>When the credential was made (a long-term key) or issued (a session).</summary>
    public required DateTimeOffset CredentialIssuedAt { get; init; }

    public User? User { get; init; }

    public Role? Role { get; init; }

    /// <summary>The session, for temporary credentials.</summary>
    public SessionClaims? Session { get; init; }

    /// <summary>Who came with the word of an identity provider, for the unsigned actions that take it; null for everybody else.</summary>
    public ProvenIdentity? Federation { get; init; }

    public required PrincipalPolicies Policies { get; init; }

    /// <summary>Session policies in force; null when none were passed.</summary>
    public IReadOnlyList<Policy>? SessionPolicies { get; init; }

    /// <summary>Who calls without a credential of this installation, vouched for from outside; null for everybody else.</summary>
    public FederatedIdentity? Federated { get; init; }

    /// <summary>The web identity that the session was given to; null for every other.</summary>
    public WebIdFederationData? WebIdentity { get; init; }

    public string Arn => Principal.Arn;

    /// <summary>The unique id of the user or role, without a session's name.</summary>
    public string PrincipalId => Session?.PrincipalId ?? User?.Id ?? UserId;
}
