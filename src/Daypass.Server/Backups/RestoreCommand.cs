using Daypass.Names;
using Daypass.Server.Setup;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sql;

namespace Daypass.Server.Backups;

/// <summary>
/// Makes an empty store what a backup holds, under a new epoch: all of it, or nothing. The backup is read twice, the first time to the end
/// without writing anything.
/// </summary>
internal sealed class RestoreCommand(CommandArguments arguments)
{
    public static readonly CommandUsage Usage = new(
        "restore", "Makes an empty store what a backup holds. Sessions and access keys of before are refused unless you say otherwise.",
        [
            new("FILE", "", "the backup"),
            .. StorePlace.Options,
            new("--keep-sessions", "WHICH", "none (default), before-backup, or all: sessions of before that are still accepted"),
            new("--previous", "STORE", "the store of before, if it can be read (folder or connection): access keys stay active that are so there"),
            new("--keep-access-keys", "", "access keys stay active that were so in the backup, also those that were deleted since"),
            new("--administrator", "NAME", "the user of the first account who gets a new access key (default the first administrator)"),
        ]);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ServerEntropy _entropy = new();

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (arguments.WantsHelp)
            return arguments.Help;
        var (started, path, place, choice) = (_time.GetTimestamp(), arguments.Require("FILE"), StorePlace.Of(arguments), RestoreChoice.Of(arguments));
        var master = BackupKeys.Master(place.MasterKeyPath(arguments));
        var rows = await CheckAsync(path, master, cancellationToken);
        await using var backup = Open(path, master);
        var installation = rows.Directory(backup.Head);
        if (arguments.Find("--previous") is { } previous)
            choice = choice with { Previous = await PreviousStore.ReadAsync(StorePlace.Parse(previous), installation, cancellationToken) };
        var restore = new Restore(choice, backup.Header, rows, installation, master, _entropy, _time.GetUtcNow());
        var progress = new Progress("Restore", _time);
        await using var target = await place.FillAsync(cancellationToken);
        foreach (var table in SnapshotTables.All)
            await target.WriteAsync(table, restore.Apply(table, Counted(table, backup.RowsAsync(table, cancellationToken), progress), cancellationToken), cancellationToken);
        await backup.FinishAsync(cancellationToken);
        // Before the commit that counts: a cut after it must not leave an installation whose only key nobody has.
        var credentials = restore.Administrator.User is null ? null : CredentialsFile.Write(place.DataDirectory, restore.Administrator.AccessKeyId, restore.Administrator.Secret);
        await target.CommitAsync(new SnapshotHead(Migrations.NewEpoch(), restore.Sequence), cancellationToken);
        return RestoreReport.Of(path, place, backup.Header, restore, rows, credentials, _time.GetElapsedTime(started));
    }

    // A backup that is torn, changed, or of another installation's key is refused before anything is written.
    private async Task<InstallationRows> CheckAsync(string path, MasterKeys master, CancellationToken cancellationToken)
    {
        await using var backup = Open(path, master);
        var rows = new InstallationRows();
        await rows.ReadAsync(backup, new Progress("Check", _time), cancellationToken);
        await backup.FinishAsync(cancellationToken);
        if (!BackupKeys.OpensAll(master, rows.Keys))
            throw new BackupException($"The master key does not open the key ring in the backup {path}: name the master key of its time with --master-key-file.");
        return rows;
    }

    private static BackupReader Open(string path, MasterKeys master) => BackupReader.Open(path, header => BackupKeys.Open(header, master));

    private static async IAsyncEnumerable<object?[]> Counted(SnapshotTable table, IAsyncEnumerable<object?[]> rows, Progress progress)
    {
        var count = 0L;
        await foreach (var row in rows)
        {
            if (++count % 10_000 == 0)
                progress.Tell(table, count);
            yield return row;
        }
    }
}
