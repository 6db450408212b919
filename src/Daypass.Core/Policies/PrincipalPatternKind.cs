namespace Daypass.Policies;

/// <summary>What an entry of <c>Principal</c> or <c>NotPrincipal</c> names.</summary>
public enum PrincipalPatternKind
{
    /// <summary><c>*</c>: everybody, anonymous callers included.</summary>
    Anyone,

    /// <summary>An account: twelve digits or the ARN of its root.</summary>
    Account,

    /// <summary>The ARN of an IAM user.</summary>
    User,

    /// <summary>The ARN of an IAM role.</summary>
    Role,

    /// <summary>The ARN of one role session.</summary>
    RoleSession,

    /// <summary>The ARN of one federated user session.</summary>
    FederatedUser,

    /// <summary>AIDA... or AROA...: what is shown for a user or role that is gone.</summary>
    UniqueId,

    /// <summary>An identity provider, under <c>Federated</c>.</summary>
    Federated,

    /// <summary>A service, under <c>Service</c>.</summary>
    Service,

    /// <summary>An S3 canonical user id; nobody here has one.</summary>
    CanonicalUser,
}
