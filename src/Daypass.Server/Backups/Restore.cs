using Daypass.Names;
using Daypass.Server.Setup;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Storage.Snapshots;

namespace Daypass.Server.Backups;

/// <summary>
/// From a backup's rows to the restored store's. What it changes goes into the rows of one pass, so that every engine can write them as one
/// transaction: there is no moment at which a store has the backup's rows and not yet these changes.
/// </summary>
internal sealed class Restore
{
    private readonly RestoreCommits _commits;
    private readonly RestoreTrail _trail;

    public Restore(RestoreChoice choice, BackupHeader header, InstallationRows rows, InstallationDirectory installation, MasterKeys master, IEntropy entropy, DateTimeOffset now)
    {
        if (!AccountId.TryParse(installation.Operator?.Id, out var account))
            throw new BackupException("The backup is of a store whose first start did not come to its end: there is nothing in it to restore.");
        Choice = choice;
        var offset = Longest(installation.ClockOffset, choice.Previous?.Installation.ClockOffset ?? TimeSpan.Zero);
        Record = new Restored
        {
            BackupAt = header.TakenAt,
            BackupEpoch = header.Epoch,
            BackupSequence = header.Sequence,
            RestoredAt = now,
            Sessions = choice.Sessions,
            AccessKeys = choice.AccessKeys,
        };
        var source = new MasterKeySource(() => master);
        var keeper = new KeyKeeper(() => installation, source, _ => { });
        _commits = new RestoreCommits(header.Sequence, entropy);
        // The clock of the machine that made the backup may have been wrong; the trail says what the nodes' clocks were.
        var newest = DateTimeOffset.FromUnixTimeMilliseconds(rows.NewestEvent);
        var lastSeen = header.TakenAt + installation.ClockOffset is var taken && newest < taken ? newest : taken;
        var keys = Keys = new RestoreKeys(choice, installation, new KeyMoment(now, now + offset), lastSeen, master, entropy);
        Administrator = new RestoreAdministrator(choice, account, new Vault(() => keeper.Current, source), now + offset, entropy);
        Documents = new RestoreDocuments(choice, keys, Administrator, _commits, Record);
        _trail = new RestoreTrail(account, Record, _commits, now + offset, entropy);
    }

    public RestoreChoice Choice { get; }

    public Restored Record { get; }

    public RestoreKeys Keys { get; }

    public RestoreAdministrator Administrator { get; }

    public RestoreDocuments Documents { get; }

    public long Sequence => _commits.Sequence;

    public IAsyncEnumerable<object?[]> Apply(SnapshotTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken) => table.Name switch
    {
        "documents" => Documents.Apply(rows, cancellationToken),
        "commits" => Followed(rows, _commits.CommitRows),
        "changes" => Followed(rows, _commits.ChangeRows),
        "audit_nodes" => _trail.Nodes(rows, cancellationToken),
        "audit_events" => _trail.Events(rows, cancellationToken),
        "audit_records" => _trail.Records(rows, cancellationToken),
        "nodes" => Doubted(rows),
        _ => rows,
    };

    // Whatever a node had shipped, the restored store may lack some of it: lookups say so until the node is back or forgotten.
    private static async IAsyncEnumerable<object?[]> Doubted(IAsyncEnumerable<object?[]> rows)
    {
        await foreach (var row in rows)
        {
            row[SnapshotTables.Nodes.IndexOf("shipped_until")] = 0L;
            yield return row;
        }
    }

    private static async IAsyncEnumerable<object?[]> Followed(IAsyncEnumerable<object?[]> rows, Func<IEnumerable<object?[]>> added)
    {
        await foreach (var row in rows)
            yield return row;
        foreach (var row in added())
            yield return row;
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
