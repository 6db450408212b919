using System.Text;
using Daypass.Server.Setup;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sql;

namespace Daypass.Server.Backups;

/// <summary>
/// Moves an installation from one store to an empty one, of the same engine or another: everything, so that sessions and keys stay what
/// they are. The source must not be written meanwhile, and is marked as moved afterwards, so that no node serves an old copy by mistake.
/// </summary>
internal sealed class CopyCommand(CommandArguments arguments)
{
    public static readonly CommandUsage Usage = new(
        "store copy", "Copies a whole store to an empty one, compares both, and marks the first as moved. STORE is a data directory, a connection string, or @FILE with one.",
        [
            new("--from", "STORE", "the store that is; its servers must be stopped"),
            new("--to", "STORE", "the store that will be; empty"),
            new("--keep-source", "", "do not mark the first store as moved: servers can be started on both"),
        ]);

    private readonly TimeProvider _time = TimeProvider.System;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (arguments.WantsHelp)
            return arguments.Help;
        var (started, from, to) = (_time.GetTimestamp(), StorePlace.Parse(arguments.Require("--from")), StorePlace.Parse(arguments.Require("--to")));
        await RequireStoppedAsync(from, cancellationToken);
        using var held = await from.HoldAsync(cancellationToken);
        var (head, copied) = await CopyAsync(from, to, cancellationToken);
        var report = await CompareAsync(to, copied, cancellationToken);
        if (!arguments.Has("--keep-source"))
            await MarkAsync(from, held, to, head, cancellationToken);
        report.Append(System.Globalization.CultureInfo.InvariantCulture, $"\nCopied {from.Name} to {to.Name}, and both are the same; {Progress.Seconds(_time.GetElapsedTime(started))}. Start on it with the same master key (--master-key-file).");
        report.Append(arguments.Has("--keep-source")
            ? "\nThe first store is as it was: start servers on one of them only."
            : "\nThe first store is marked as moved, and no server starts on it any more. To go back to it after all: ./run store reopen.");
        return report.ToString();
    }

    // A data directory has a lock for that.
    private async Task RequireStoppedAsync(StorePlace from, CancellationToken cancellationToken)
    {
        if (from.Store is null)
            return;
        await using var store = await from.OpenAsync(_time, cancellationToken);
        var list = await store.NodesAsync(cancellationToken);
        if (list.Nodes.FirstOrDefault(node => node.IsLive(list.Now)) is { } live)
            throw new StartException($"The node {live.Report.Name} runs on the store that is to be copied: stop all nodes first (one that was killed counts as running for {NodeStatus.MissingAfter.TotalSeconds} seconds).");
    }

    private async Task<(SnapshotHead Head, IReadOnlyDictionary<string, TableSum> Sums)> CopyAsync(StorePlace from, StorePlace to, CancellationToken cancellationToken)
    {
        var (progress, sums) = (new Progress("Copy", _time), new Dictionary<string, TableSum>());
        await using var source = await from.ReadAsync(cancellationToken);
        await using var target = await to.FillAsync(cancellationToken);
        foreach (var table in SnapshotTables.All)
        {
            using var digest = new TableDigest();
            await target.WriteAsync(table, Digested(table, WithOwnNode(table, source.RowsAsync(table, cancellationToken)), digest, progress), cancellationToken);
            sums[table.Name] = digest.Finish();
        }
        await using (var again = await from.ReadAsync(cancellationToken))
        {
            if (again.Head != source.Head)
                throw new StartException($"{from.Name} was written while it was copied: stop every server on it, then copy again. Nothing was copied.");
        }
        await target.CommitAsync(source.Head with { Epoch = Migrations.NewEpoch() }, cancellationToken);
        return (source.Head, sums);
    }

    // Every shared store knows the name that commits' events stand under; one in a data directory learns it with the first of them.
    private static async IAsyncEnumerable<object?[]> WithOwnNode(SnapshotTable table, IAsyncEnumerable<object?[]> rows)
    {
        var (highest, isKnown) = (0L, table != SnapshotTables.AuditNodes);
        await foreach (var row in rows)
        {
            if (!isKnown)
                (highest, isKnown) = ((long)row[0]!, (string)row[1]! == Statements.OwnNode);
            yield return row;
        }
        if (!isKnown)
            yield return [highest + 1, Statements.OwnNode, 0L];
    }

    private static async IAsyncEnumerable<object?[]> Digested(SnapshotTable table, IAsyncEnumerable<object?[]> rows, TableDigest digest, Progress progress)
    {
        await foreach (var row in rows)
        {
            if (table == SnapshotTables.Documents && (string)row[1]! == DocumentKinds.Moved.Name)
                throw new StartException("The store that is to be copied was moved to another one: copy that one, or take this one back with ./run store reopen.");
            digest.Add(row);
            if (digest.Rows % 10_000 == 0)
                progress.Tell(table, digest.Rows);
            yield return row;
        }
    }

    private async Task<StringBuilder> CompareAsync(StorePlace to, IReadOnlyDictionary<string, TableSum> copied, CancellationToken cancellationToken)
    {
        var progress = new Progress("Compare", _time);
        await using var target = await to.ReadAsync(cancellationToken);
        var found = await SnapshotSums.OfAsync(target, progress.Tell, cancellationToken);
        var report = new StringBuilder();
        foreach (var table in SnapshotTables.All)
        {
            var (expected, actual) = (copied[table.Name], found[table.Name]);
            if (expected != actual)
                throw new StartException($"The copy is not the same: the table {table.Name} has {actual.Rows} rows ({actual.Digest}) where {expected.Rows} ({expected.Digest}) were written. The first store is untouched; empty the second and copy again.");
            report.Append(System.Globalization.CultureInfo.InvariantCulture, $"{table.Name,-14}{Progress.Count(actual.Rows),14}  {actual.Digest}\n");
        }
        return report;
    }

    private async Task MarkAsync(StorePlace from, IDisposable? held, StorePlace to, SnapshotHead head, CancellationToken cancellationToken)
    {
        held?.Dispose();
        await using var store = await from.OpenAsync(_time, cancellationToken);
        var now = await store.HeadAsync(cancellationToken);
        if (now.Epoch != head.Epoch || now.Sequence != head.Sequence)
            throw new StartException($"{from.Name} was written while it was copied: stop every server on it, empty {to.Name}, and copy again.");
        var moved = new Moved { To = to.Name, At = _time.GetUtcNow() };
        await store.CommitAsync(
            new Commit
            {
                Id = Identifiers.Uuid(new ServerEntropy()),
                Set = SetId.Installation,
                Epoch = now.Epoch,
                Puts = [new Put(DocumentKinds.Moved.KeyOf(moved), DocumentKinds.Moved.Write(moved))],
            },
            cancellationToken);
    }
}
