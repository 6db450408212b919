namespace Daypass.Policies;

/// <summary>What a caller is, which decides the policies that count for it.</summary>
public enum PrincipalKind
{
    /// <summary>An unsigned request.</summary>
    Anonymous,

    /// <summary>The root user of an account, with long-term or temporary credentials.</summary>
    Root,

    /// <summary>An IAM user, with an access key or a session of GetSessionToken.</summary>
    User,

    /// <summary>A session of a role.</summary>
    RoleSession,

    /// <summary>A session of GetFederationToken.</summary>
    FederatedUser,

    /// <summary>The bearer of an OIDC token in AssumeRoleWithWebIdentity.</summary>
    WebIdentity,

    /// <summary>The bearer of an assertion in AssumeRoleWithSAML.</summary>
    Saml,

    /// <summary>Whom an LDAP directory knows, in AssumeRoleWithLDAPIdentity.</summary>
    Ldap,

    /// <summary>A service that acts for itself.</summary>
    Service,
}
