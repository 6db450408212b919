using Daypass.Names;

namespace Daypass.Policies;

/// <summary>The caller, with every form under which a policy may name it (IAM guide, "AWS JSON policy elements: Principal").</summary>
public sealed class Principal
{
    private Principal(PrincipalKind kind, AccountId account, string arn)
    {
        Kind = kind;
        Account = account;
        Arn = arn;
    }

    /// <summary>What the caller is.</summary>
    public PrincipalKind Kind { get; }

    /// <summary>The caller's account; not set for callers that have none.</summary>
    public AccountId Account { get; }

    /// <summary>What messages print: the session's ARN for sessions, the provider for federation, the name of a service.</summary>
    public string Arn { get; }

    /// <summary>For a role session, the role's IAM ARN with its path.</summary>
    public string? RoleArn { get; private init; }

    /// <summary>For a user and for a federated user, the IAM user's ARN.</summary>
    public string? UserArn { get; private init; }

    /// <summary>AIDA... of the user or AROA... of the role, without the name of the session.</summary>
    public string? UniqueId { get; private init; }

    /// <summary>The identity provider (ARN or host name) or the service's name.</summary>
    public string? Provider { get; private init; }

    /// <summary>Whether an identity provider vouches for the caller, who has no credential of this installation.</summary>
    internal bool IsFederated => Kind is PrincipalKind.WebIdentity or PrincipalKind.Saml or PrincipalKind.Ldap;

    /// <summary>An unsigned caller; only <c>*</c> names it.</summary>
    public static Principal Anonymous { get; } = new(PrincipalKind.Anonymous, default, "anonymous");

    /// <summary>The root user of an account.</summary>
    public static Principal Root(AccountId account) => new(PrincipalKind.Root, account, Names.Arn.Root(account).ToString());

    /// <summary>An IAM user. <paramref name="uniqueId"/> is AIDA... .</summary>
    public static Principal User(AccountId account, string arn, string uniqueId) =>
        new(PrincipalKind.User, account, arn) { UserArn = arn, UniqueId = uniqueId };

    /// <summary>A role session. <paramref name="roleArn"/> is the IAM ARN with path, <paramref name="roleUniqueId"/> AROA... .</summary>
    public static Principal RoleSession(AccountId account, string sessionArn, string roleArn, string roleUniqueId) =>
        new(PrincipalKind.RoleSession, account, sessionArn) { RoleArn = roleArn, UniqueId = roleUniqueId };

    /// <summary>A session of GetFederationToken of the given IAM user.</summary>
    public static Principal FederatedUser(AccountId account, string sessionArn, string userArn, string userUniqueId) =>
        new(PrincipalKind.FederatedUser, account, sessionArn) { UserArn = userArn, UniqueId = userUniqueId };

    /// <summary>A bearer of a provider's token or assertion.</summary>
    /// <param name="kind"><see cref="PrincipalKind.WebIdentity"/>, <see cref="PrincipalKind.Saml"/> or <see cref="PrincipalKind.Ldap"/>.</param>
    /// <param name="provider">The provider as policies name it: its ARN, or the host name of a built-in one.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another kind was given.</exception>
    public static Principal Federated(PrincipalKind kind, string provider) =>
        kind is PrincipalKind.WebIdentity or PrincipalKind.Saml or PrincipalKind.Ldap
            ? new(kind, default, provider) { Provider = provider }
            : throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only web identities, SAML subjects and LDAP users are federated callers.");

    /// <summary>A service, by the name that policies use, such as <c>ec2.amazonaws.com</c>.</summary>
    public static Principal Service(string name) => new(PrincipalKind.Service, default, name) { Provider = name };
}
