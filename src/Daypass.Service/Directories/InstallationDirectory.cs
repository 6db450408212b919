using Daypass.Names;
using Daypass.Service.Revocations;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// The typed view of what belongs to no account: which accounts exist, keys of foreign shape, protected services, the clock. Every
/// node holds all of it, so what is in none of these is refused without I/O.
/// </summary>
internal sealed class InstallationDirectory(Documents documents, RevocationIndex revocations)
{
    public InstallationDirectory(Documents documents)
        : this(documents, RevocationIndex.Of(documents))
    {
    }

    public Documents Documents { get; } = documents;

    /// <summary>Which sessions are revoked: as new as this node knows, also when the rest of this snapshot is older.</summary>
    public RevocationIndex Revocations { get; } = revocations;

    /// <summary>The next snapshot, when a change has been applied to the documents.</summary>
    public InstallationDirectory After(Change change, Documents next)
    {
        Revocations.Apply(change, Documents, next);
        return new InstallationDirectory(next, Revocations);
    }

    /// <summary>How far policy time is ahead of real time.</summary>
    public TimeSpan ClockOffset { get; } = TimeSpan.FromSeconds(documents.Find(DocumentKinds.Clock, "offset")?.Seconds ?? 0);

    /// <summary>Set when another store has taken this one's place.</summary>
    public Moved? Moved { get; } = documents.Find(DocumentKinds.Moved, "store");

    public Account? FindAccount(AccountId account) => Documents.Find(DocumentKinds.Account, account.ToString());

    /// <summary>The account that the installation began with, or null before the first start is through.</summary>
    public Account? Operator { get; } = documents.FindBy(DocumentIndexes.Operators, "operator");

    public ProtectedService? FindService(string name, string region) => Documents.Find(DocumentKinds.ProtectedService, DocumentKinds.ServiceName(name, region));

    /// <summary>
    /// The account that an access key id belongs to: the table of foreign ids first, then the number inside the id. False when that
    /// account does not exist here.
    /// </summary>
    public bool TryFindAccountOf(string accessKeyId, out AccountId account)
    {
        if (Documents.Find(DocumentKinds.ForeignKey, accessKeyId) is { } foreign)
            return AccountId.TryParse(foreign.Account, out account);
        return AccessKeyId.TryGetAccount(accessKeyId, out account) && FindAccount(account) is not null;
    }
}
