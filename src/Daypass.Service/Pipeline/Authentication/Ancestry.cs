using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Whether what a session came of is still there. A session lives as long as every credential that led to it could be used today: a key that is
/// deleted or inactive, a user or role that is deleted, a user that is frozen, ends all that came of it, whichever account they are in.
/// </summary>
internal static class Ancestry
{
    /// <param name="link">A link of the session's chain.</param>
    /// <param name="account">The link's account as it is now; null when it is gone.</param>
    public static bool IsAlive(in Ancestor link, AccountDirectory? account) => account is not null && link.Kind switch
    {
        AncestorKind.AccessKey => account.FindAccessKey(link.AccessKeyId) is { IsActive: true } key && key.UserId == link.PrincipalId && account.FindUserById(key.UserId) is { IsFrozen: false },
        AncestorKind.Session => HasPrincipal(link.PrincipalId, account),
        // Whom an identity provider vouches for is not ours to know; the session that came of it says which role it was for.
        _ => true,
    };

    /// <summary>A session as the last link of its own chain.</summary>
    public static Ancestor LinkOf(string accessKeyId, SessionClaims session) => new(accessKeyId, session.PrincipalId, session.IssuedAt)
    {
        Kind = AncestorKind.Session,
        Account = session.Account,
        RevocationsSeen = session.RevocationsSeen,
        HasSourceIdentity = session.SourceIdentity is not null,
    };

    /// <summary>The accounts of a session's chain other than its own, each once.</summary>
    public static IEnumerable<AccountId> OtherAccountsOf(SessionClaims session) =>
        session.Chain.Select(link => link.Account).Where(account => account != session.Account).Distinct();

    // A session of root is of no user and no role, and lasts as long as the account is somebody's member.
    private static bool HasPrincipal(string id, AccountDirectory account) => id.StartsWith(UniqueId.Role, StringComparison.Ordinal)
        ? account.FindRoleById(id) is not null
        : account.FindUserById(id) is { IsFrozen: false } || (id == account.Account.ToString() && account.Settings?.ManagementAccount is not null);
}
