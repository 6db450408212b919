using Daypass.Names;

namespace Daypass.Tokens;

/// <summary>What a link of a session's chain is.</summary>
public enum AncestorKind : byte
{
    /// <summary>A long-term access key, with which a chain began.</summary>
    AccessKey = 1,

    /// <summary>A session on the way.</summary>
    Session = 2,

    /// <summary>Somebody whom an identity provider vouched for (SAML, OIDC), with which a chain began: there is no access key.</summary>
    Subject = 3,
}

/// <summary>One credential of a session's chain.</summary>
/// <param name="AccessKeyId">The key that was used; empty for <see cref="AncestorKind.Subject"/>.</param>
/// <param name="PrincipalId">
/// The unique id of the user or role that it belonged to; for <see cref="AncestorKind.Subject"/> the provider's ARN, a space, and its subject.
/// </param>
/// <param name="IssuedAt">When it was issued (a session, an assertion) or made (a long-term key), whole seconds.</param>
public readonly record struct Ancestor(string AccessKeyId, string PrincipalId, DateTimeOffset IssuedAt)
{
    /// <summary>What it is.</summary>
    public AncestorKind Kind { get; init; } = AncestorKind.AccessKey;

    /// <summary>The account of the principal, or of the identity provider.</summary>
    public AccountId Account { get; init; }

    /// <summary>The ARN of the identity provider, for <see cref="AncestorKind.Subject"/>; null for credentials.</summary>
    public string? Provider => Kind == AncestorKind.Subject && PrincipalId.IndexOf(' ', StringComparison.Ordinal) is var space and > 0 ? PrincipalId[..space] : null;

    /// <summary>As <see cref="SessionClaims.RevocationsSeen"/>; 0 for what is no session.</summary>
    public long RevocationsSeen { get; init; }

    /// <summary>Whether the chain's source identity was set at this link already.</summary>
    public bool HasSourceIdentity { get; init; }
}
