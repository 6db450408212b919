using Daypass.Names;

namespace Daypass.Tokens;

/// <summary>How a session came to be.</summary>
public enum SessionKind : byte
{
    /// <summary>AssumeRole and its relatives: the principal is a role.</summary>
    AssumedRole = 1,

    /// <summary>GetSessionToken: the principal is the user itself.</summary>
    User = 2,

    /// <summary>GetFederationToken: a name under a user, with no more than the session policies allow.</summary>
    FederatedUser = 3,

    /// <summary>AssumeRoot: the root user of a member account, for one task and no more.</summary>
    AssumedRoot = 4,
}

/// <summary>
/// All that a session is. It is sealed into the session token, not stored; what must be current (the principal still exists, its
/// policies) is read from the directory by <see cref="PrincipalId"/> at each use.
/// </summary>
public sealed record SessionClaims
{
    /// <summary>How the session came to be.</summary>
    public required SessionKind Kind { get; init; }

    /// <summary>The account of the principal.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The unique id of the role (AROA...) or user (AIDA...), never its name; for root, the account.</summary>
    public required string PrincipalId { get; init; }

    /// <summary>RoleSessionName, or the federated user's name; empty for <see cref="SessionKind.User"/>.</summary>
    public string SessionName { get; init; } = "";

    /// <summary>The secret access key of the session, 40 characters.</summary>
    public required string SecretAccessKey { get; init; }

    /// <summary>Policy time of issue, whole seconds.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The first second of policy time at which the session is refused.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// How far the issuing node knew the changes that revocations are among: the feed's sequence of the last of them. A revocation with a
    /// higher one came later than the session, whatever clocks say.
    /// </summary>
    public long RevocationsSeen { get; init; }

    /// <summary>Every credential that led here, oldest first: what a revocation of any of them goes by, and what the trail follows back.</summary>
    public IReadOnlyList<Ancestor> Chain { get; init; } = [];

    /// <summary>Set once per chain; null if it never was.</summary>
    public string? SourceIdentity { get; init; }

    /// <summary>When MFA was given, or null.</summary>
    public DateTimeOffset? MfaAt { get; init; }

    /// <summary>The inline session policy as passed, or null.</summary>
    public string? Policy { get; init; }

    /// <summary>The <see cref="Policies.PolicySyntax.Mark"/> of <see cref="Policy"/>; null for AWS's syntax.</summary>
    public string? PolicySyntax { get; init; }

    /// <summary>Managed session policies as passed.</summary>
    public IReadOnlyList<string> PolicyArns { get; init; } = [];

    /// <summary>Session tags by key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Those keys of <see cref="Tags"/>, as they are written there, that the next role of a chain inherits.</summary>
    public IReadOnlyList<string> TransitiveTagKeys { get; init; } = [];

    /// <summary>What an identity provider said of whom the session is for; null for a session that no provider had a part in.</summary>
    public FederatedSession? Federation { get; init; }
}

/// <summary>What a session keeps of the identity that it was made with, for the policies of its later calls.</summary>
/// <param name="Provider">The identity provider as <c>aws:FederatedProvider</c> names it: its ARN.</param>
/// <param name="Keys">The condition keys that stay, such as <c>idp.example.com:sub</c>.</param>
public sealed record FederatedSession(string Provider, IReadOnlyList<FederatedKey> Keys);

/// <summary>A condition key of a federated session.</summary>
/// <param name="Name">The whole name, such as <c>idp.example.com:amr</c>.</param>
/// <param name="Values">Its values.</param>
/// <param name="IsList">Whether policies see it as multivalued, however many values it has.</param>
public sealed record FederatedKey(string Name, IReadOnlyList<string> Values, bool IsList);
