using System.Security.Cryptography;
using Daypass.Server.Health;
using Daypass.Server.Setup;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;

namespace Daypass.Server.Backups;

/// <summary>Writes a store, as of one moment, to a file, while servers run on it.</summary>
internal sealed class BackupCommand(CommandArguments arguments)
{
    public static readonly CommandUsage Usage = new(
        "backup", "Writes the whole store, as of one moment, to a file. Servers may go on meanwhile.", [new("--to", "FILE", "the backup; it replaces nothing"), .. StorePlace.Options]);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (arguments.WantsHelp)
            return arguments.Help;
        var (time, place, path) = (TimeProvider.System, StorePlace.Of(arguments), arguments.Require("--to"));
        var (started, progress) = (time.GetTimestamp(), new Progress("Backup", time));
        var master = BackupKeys.Master(place.MasterKeyPath(arguments));
        await using var source = await place.ReadAsync(cancellationToken);
        var (key, id, sealedKey) = BackupKeys.Make(master, new ServerEntropy());
        using var file = BackupFile.Create(path);
        using var writer = new BackupWriter(file.Stream, Header(source, time.GetUtcNow(), id, sealedKey), key);
        CryptographicOperations.ZeroMemory(key);
        var watch = new InstallationRows();
        var sums = new Dictionary<string, TableSum>();
        foreach (var table in SnapshotTables.All)
            sums[table.Name] = await writer.WriteAsync(table, watch.Watch(table, source.RowsAsync(table, cancellationToken), cancellationToken), rows => progress.Tell(table, rows), cancellationToken);
        // A backup that nobody could restore is none: found out now and not then.
        if (!BackupKeys.OpensAll(master, watch.Keys))
            throw new StartException("The master key is not the one that this store was sealed with; name that one with --master-key-file. Nothing was written.");
        writer.Finish();
        file.Publish();
        return $"""
            Backup of {place.Name} to {path}: {Progress.Count(watch.Accounts, "account")}, {Progress.Count(sums["documents"].Rows, "document")}, {Progress.Count(sums["audit_events"].Rows, "event")}, {Progress.Count(file.Length, "byte")}, {Progress.Seconds(time.GetElapsedTime(started))}.
            It is sealed under the master key, which is not in it: keep a copy of {place.MasterKeyPath(arguments)} elsewhere, or nobody can restore it.
            """;
    }

    private static BackupHeader Header(ISnapshotSource source, DateTimeOffset now, uint id, byte[] sealedKey) => new()
    {
        Product = HealthEndpoint.Version,
        Engine = source.Origin.Engine,
        Schema = source.Origin.Schema,
        TakenAt = now,
        Epoch = source.Head.Epoch,
        Sequence = source.Head.Sequence,
        KeyId = id,
        SealedKey = sealedKey,
    };
}
