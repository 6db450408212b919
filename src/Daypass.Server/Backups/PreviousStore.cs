using Daypass.Server.Setup;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;

namespace Daypass.Server.Backups;

/// <summary>
/// What the store that was there before a restore can still say: which access keys are active to this day, and how far policy time had come.
/// </summary>
internal sealed class PreviousStore
{
    private readonly HashSet<(string Set, string Key, string User)> _active = [];

    private PreviousStore(InstallationDirectory installation) => Installation = installation;

    public InstallationDirectory Installation { get; }

    /// <summary>Whether the key is there, of the same user, and active.</summary>
    public bool IsActive(string set, AccessKey key) => _active.Contains((set, key.Id, key.UserId));

    /// <exception cref="StartException">It is not a store of the installation that the backup is of.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public static async Task<PreviousStore> ReadAsync(StorePlace place, InstallationDirectory backup, CancellationToken cancellationToken)
    {
        await using var source = await place.ReadAsync(cancellationToken);
        var (rows, active) = (new InstallationRows(), new List<(string, string, string)>());
        foreach (var table in SnapshotTables.All.TakeWhile(table => table != SnapshotTables.Commits))
        {
            await foreach (var row in rows.Watch(table, source.RowsAsync(table, cancellationToken), cancellationToken))
            {
                if (table == SnapshotTables.Documents && (string)row[1]! == DocumentKinds.AccessKey.Name && RestoreDocuments.AccessKeyIn(row) is { IsActive: true } key)
                    active.Add(((string)row[0]!, key.Id, key.UserId));
            }
        }
        var previous = new PreviousStore(rows.Directory(source.Head));
        if (previous.Installation.Operator?.Id != backup.Operator?.Id)
            throw new StartException($"The store in {place.Name} is not of the installation that the backup is of: its first account is another.");
        previous._active.UnionWith(active);
        return previous;
    }
}
