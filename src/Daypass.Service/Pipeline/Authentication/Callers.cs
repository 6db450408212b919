using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>Makes <see cref="Caller"/>s of proven credentials, with what the directory says of them now.</summary>
internal static class Callers
{
    /// <summary>The caller of a long-term key.</summary>
    public static Caller OfUser(AccountDirectory home, KeyHolder holder) => new()
    {
        Principal = holder.Principal,
        Account = home.Account,
        Home = home,
        UserId = holder.User.Id,
        AccessKeyId = holder.Key.Id,
        CredentialIssuedAt = holder.Key.Created,
        User = holder.User,
        Policies = home.PoliciesOf(holder.User),
    };

    /// <summary>The caller of a session, or null when its principal is gone: a session of a deleted role is dead.</summary>
    public static Caller? OfSession(AccountDirectory home, string accessKeyId, SessionClaims session) => session.Kind switch
    {
        SessionKind.AssumedRole when home.FindRoleById(session.PrincipalId) is { } role => OfRole(home, role, accessKeyId, session),
        SessionKind.User when OwnerOf(home, session) is { } user => OfUserSession(home, user, accessKeyId, session),
        SessionKind.FederatedUser when OwnerOf(home, session) is { } user => OfFederatedUser(home, user, accessKeyId, session),
        // It ends when the account leaves its organization.
        SessionKind.AssumedRoot when home.Settings?.ManagementAccount is not null => OfRoot(home, accessKeyId, session),
        _ => null,
    };

    // Sessions of a user end with the key they were made with: deleting or deactivating it must not leave them behind.
    private static User? OwnerOf(AccountDirectory home, SessionClaims session) =>
        session.Chain is [var first, ..] && home.FindAccessKey(first.AccessKeyId) is { IsActive: true } && home.FindUserById(session.PrincipalId) is { IsFrozen: false } user
            ? user
            : null;

    private static Caller OfRole(AccountDirectory home, Role role, string accessKeyId, SessionClaims session) => new()
    {
        Principal = Principal.RoleSession(
            home.Account, Arn.Sts(home.Account, $"assumed-role/{role.Name}/{session.SessionName}").ToString(), role.ArnIn(home.Account).ToString(), role.Id),
        Account = home.Account,
        Home = home,
        UserId = $"{role.Id}:{session.SessionName}",
        AccessKeyId = accessKeyId,
        CredentialIssuedAt = session.IssuedAt,
        Role = role,
        Session = session,
        Policies = home.PoliciesOf(role),
        SessionPolicies = SessionPolicies.Of(session, home),
        WebIdentity = session.Federation is { } federation && federation.Provider.Contains(":oidc-provider/", StringComparison.Ordinal)
            ? new WebIdFederationData(federation.Provider, [.. federation.Keys.Select(key => KeyValuePair.Create(key.Name, string.Join(',', key.Values)))])
            : null,
    };

    private static Caller OfUserSession(AccountDirectory home, User user, string accessKeyId, SessionClaims session) => new()
    {
        Principal = Principal.User(home.Account, user.ArnIn(home.Account).ToString(), user.Id),
        Account = home.Account,
        Home = home,
        UserId = user.Id,
        AccessKeyId = accessKeyId,
        CredentialIssuedAt = session.IssuedAt,
        User = user,
        Session = session,
        Policies = home.PoliciesOf(user),
    };

    private static Caller OfFederatedUser(AccountDirectory home, User user, string accessKeyId, SessionClaims session) => new()
    {
        Principal = Principal.FederatedUser(
            home.Account, Arn.Sts(home.Account, $"federated-user/{session.SessionName}").ToString(), user.ArnIn(home.Account).ToString(), user.Id),
        Account = home.Account,
        Home = home,
        UserId = $"{home.Account}:{session.SessionName}",
        AccessKeyId = accessKeyId,
        CredentialIssuedAt = session.IssuedAt,
        User = user,
        Session = session,
        Policies = home.PoliciesOf(user),
        SessionPolicies = SessionPolicies.Of(session, home),
    };

    private static Caller OfRoot(AccountDirectory home, string accessKeyId, SessionClaims session) => new()
    {
        Principal = Principal.Root(home.Account),
        Account = home.Account,
        Home = home,
        UserId = home.Account.ToString(),
        AccessKeyId = accessKeyId,
        CredentialIssuedAt = session.IssuedAt,
        Session = session,
        Policies = PrincipalPolicies.Empty,
        // Never null: a root session without its task would be root itself.
        SessionPolicies = SessionPolicies.Of(session, home) ?? [],
    };
}
