using System.Collections.Concurrent;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Service.Stores;
using Daypass.Tokens;

namespace Daypass.Service.Revocations;

/// <summary>
/// Whether a session is revoked: the rules of docs/decisions/0027. A session is over when any link of its chain is covered by a revocation of an
/// account that the chain had passed through by then. Kept beside the installation's documents and computed from them; unlike them it is shared
/// by all their snapshots, so a request may see a revocation that is newer than the rest of what it sees, never an older one.
/// </summary>
internal sealed class RevocationIndex(IEqualityComparer<RevocationTarget>? comparer = null)
{
    private readonly ConcurrentDictionary<AccountId, AccountRevocations> _accounts = new();

    public static RevocationIndex Of(Documents documents)
    {
        var index = new RevocationIndex();
        foreach (var revocation in documents.All(DocumentKinds.Revocation))
            index.Put(revocation, documents.RevisionOf(DocumentKinds.Revocation.KeyOf(revocation)));
        return index;
    }

    /// <summary>Follows a change of the documents.</summary>
    public void Apply(Change change, Documents before, Documents after)
    {
        foreach (var key in change.Deletes)
        {
            if (key.Kind == DocumentKinds.Revocation.Name && before.Find(DocumentKinds.Revocation, key.Name) is { } gone)
                _accounts.GetValueOrDefault(AccountOf(gone))?.Remove(RevocationTarget.Of(gone));
        }
        foreach (var put in change.Puts)
        {
            if (put.Key.Kind == DocumentKinds.Revocation.Name)
                Put(after.Find(DocumentKinds.Revocation, put.Key.Name)!, put.Revision);
        }
    }

    public void Put(Revocation revocation, long revision) =>
        _accounts.GetOrAdd(AccountOf(revocation), static (_, comparer) => new AccountRevocations(comparer), comparer)
            .Put(RevocationTarget.Of(revocation), Cutoff.Of(revocation, revision));

    /// <summary>When the session was revoked; null if it was not.</summary>
    public DateTimeOffset? Find(string accessKeyId, SessionClaims session)
    {
        for (var i = 0; i <= session.Chain.Count; i++)
        {
            var account = LinkAt(i, accessKeyId, session).Account;
            if (!IsBefore(i, account, session) && _accounts.TryGetValue(account, out var revocations) && Find(revocations, i, accessKeyId, session) is { } revokedAt)
                return revokedAt;
        }
        return null;
    }

    // From where the chain came to the account on: what it did before is no affair of that account.
    private static DateTimeOffset? Find(AccountRevocations revocations, int from, string accessKeyId, SessionClaims session)
    {
        var account = LinkAt(from, accessKeyId, session).Account;
        for (var i = from; i <= session.Chain.Count; i++)
        {
            var link = LinkAt(i, accessKeyId, session);
            var moment = link.Kind == AncestorKind.Session ? link : LinkAt(i + 1, accessKeyId, session);
            if (revocations.Find(link, moment, link.Account == account, session.SourceIdentity) is { } revokedAt)
                return revokedAt;
        }
        return null;
    }

    private static bool IsBefore(int index, AccountId account, SessionClaims session)
    {
        for (var i = 0; i < index; i++)
        {
            if (session.Chain[i].Account == account)
                return true;
        }
        return false;
    }

    private static Ancestor LinkAt(int index, string accessKeyId, SessionClaims session) =>
        index < session.Chain.Count ? session.Chain[index] : Ancestry.LinkOf(accessKeyId, session);

    private static AccountId AccountOf(Revocation revocation) =>
        AccountId.TryParse(revocation.Account, out var account) ? account : throw new InvalidDataException("A stored revocation names no account.");
}
