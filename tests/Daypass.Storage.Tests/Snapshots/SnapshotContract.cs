using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sqlite;
using Daypass.Storage.Tests.Sqlite;

namespace Daypass.Storage.Tests.Snapshots;

/// <summary>What snapshots of every engine promise. An engine's own test class derives from this and opens fresh stores.</summary>
public abstract class SnapshotContract : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new();

    public virtual void Dispose() => Folder.Dispose();

    private protected abstract ValueTask<IStore> OpenAsync();

    private protected abstract ValueTask<ISnapshotSource> ReadAsync();

    /// <summary>An empty store of this engine, to be filled once, and how it is opened and read then.</summary>
    private protected abstract ValueTask<(ISnapshotTarget Target, Func<ValueTask<IStore>> Open, Func<ValueTask<ISnapshotSource>> Read)> EmptyAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_store_that_went_through_a_backup_is_the_same_store_in_another_life(int seed)
    {
        await using (var store = await OpenAsync())
            await new RandomStore(seed).FillAsync(store, 60);
        var path = Path.Combine(Folder.Path, "backup");
        IReadOnlyDictionary<string, TableSum> before;
        await using (var source = await ReadAsync())
            before = await TestBackup.WriteAsync(path, source);
        var (target, open, read) = await EmptyAsync();
        SnapshotHead head;
        await using (target)
        await using (var backup = TestBackup.Open(path))
        {
            head = backup.Head with { Epoch = "another life" };
            await TestBackup.FillAsync(target, backup, head);
        }
        await using (var source = await read())
        {
            Assert.Equal(head, source.Head);
            Assert.Equal(before, await SnapshotSums.OfAsync(source, (_, _) => { }, default));
        }
        await using var original = await OpenAsync();
        await using var restored = await open();
        await AssertSameAsync(original, restored);
    }

    [Fact]
    public async Task A_restored_store_goes_on_behind_what_it_has()
    {
        await using (var store = await OpenAsync())
            await new RandomStore(4).FillAsync(store, 30);
        var (target, open, read) = await EmptyAsync();
        long last;
        await using (target)
        await using (var source = await ReadAsync())
            await TestBackup.FillAsync(target, source, source.Head with { Epoch = "another life", Sequence = last = source.Head.Sequence });
        await using (var restored = await open())
        {
            await new RandomStore(5).FillAsync(restored, 1);
            var watermark = await restored.AuditWatermarkAsync("node-a", default);
            await restored.AppendAuditAsync("node-a", watermark, [new JournalEntry(watermark + 1, AuditContract.Event("new", 5000))], default);
            await restored.AppendAuditAsync("a new node", 0, [new JournalEntry(1, AuditContract.Event("newer", 5001))], default);
            Assert.Equal(last + 1, (await restored.HeadAsync(default)).Sequence);
            Assert.Equal(["newer", "new"], (await restored.FindAuditAsync(AuditContract.Query(size: 2), default)).Events.Select(e => e.EventId));
            await Assert.ThrowsAsync<EpochChangedException>(async () =>
            {
                await foreach (var change in restored.ChangesAfterAsync(new FeedPosition("the life before", 1), default))
                    Assert.Null(change);
            });
        }
        await using var again = await read();
        Assert.Equal(last + 1, again.Head.Sequence);
    }

    [Fact]
    public async Task What_was_not_committed_leaves_nothing_and_can_be_done_again()
    {
        await using (var store = await OpenAsync())
            await new RandomStore(6).FillAsync(store, 10);
        var (target, open, read) = await EmptyAsync();
        await using (target)
        await using (var source = await ReadAsync())
        {
            foreach (var table in SnapshotTables.All)
                await target.WriteAsync(table, source.RowsAsync(table, default), default);
        }
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await NothingAsync(read));

        static async Task NothingAsync(Func<ValueTask<ISnapshotSource>> read)
        {
            await using var source = await read();
            var sums = await SnapshotSums.OfAsync(source, (_, _) => { }, default);
            Assert.Equal(0, sums["documents"].Rows + sums["commits"].Rows + sums["audit_events"].Rows + source.Head.Sequence);
            throw new StoreUnavailableException("There is nothing, as it must be.");
        }
    }

    [Fact]
    public async Task A_backup_that_is_taken_while_writers_run_is_of_one_moment()
    {
        await using var store = await OpenAsync();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAsync(store, writer, stop.Token), CancellationToken.None)).ToList();
        for (var round = 0; round < 4; round++)
        {
            await Task.Delay(100, CancellationToken.None);
            var path = Path.Combine(Folder.Path, $"backup{round}");
            await using (var source = await ReadAsync())
                await TestBackup.WriteAsync(path, source);
            await AssertIsOneMomentAsync(path);
        }
        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    // Every commit puts one document twice over, in two of its sets' documents, and adds an event: a mix of two moments would show.
    private static async Task WriteAsync(IStore store, int writer, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var body = System.Text.Encoding.UTF8.GetBytes($"{writer}/{i}");
            await store.CommitAsync(
                new Commit
                {
                    Id = $"{writer}/{i}", Set = RandomStore.Sets[writer % 3], Puts = [new Put(new DocumentKey("left", $"{writer}"), body), new Put(new DocumentKey("right", $"{writer}"), body)],
                    Audit = [AuditContract.Event($"{writer}/{i}", i % 60)],
                },
                default);
        }
    }

    private static async Task AssertIsOneMomentAsync(string path)
    {
        var rows = new Dictionary<string, List<object?[]>>();
        await using var backup = TestBackup.Open(path);
        foreach (var table in SnapshotTables.All)
        {
            rows[table.Name] = [];
            await foreach (var row in backup.RowsAsync(table, default))
                rows[table.Name].Add([.. row]);
        }
        await backup.FinishAsync(default);
        Assert.Equal(Enumerable.Range(1, (int)backup.Head.Sequence).Select(i => (object?)(long)i), rows["commits"].Select(row => row[0]));
        Assert.Equal(rows["commits"].Count, rows["audit_events"].Count);
        Assert.Equal(rows["commits"].Count, rows["audit_records"].Count);
        // The documents are what the feed says that they are.
        var newest = rows["changes"].GroupBy(row => (rows["commits"][(int)(long)row[0]! - 1][2], row[2], row[3])).ToDictionary(group => group.Key, group => group.Last());
        Assert.Equal(newest.Count, rows["documents"].Count);
        Assert.All(rows["documents"], row =>
        {
            var change = newest[(row[0], row[1], row[2])];
            Assert.Equal((row[3], Convert.ToHexString((byte[])row[4]!)), (change[0], Convert.ToHexString((byte[])change[4]!)));
        });
        Assert.Equal(rows["commits"].Count, (int)(long)rows["audit_nodes"].Single(row => (string)row[1]! == "store")[2]!);
    }

    private static async Task AssertSameAsync(IStore one, IStore other)
    {
        foreach (var set in RandomStore.Sets)
        {
            var (left, right) = (await one.LoadAsync(set, default), await other.LoadAsync(set, default));
            Assert.Equal(left!.Documents.Select(Text), right!.Documents.Select(Text));
        }
        foreach (var node in (string[])["node-a", "node-b", "store"])
            Assert.Equal(await one.AuditWatermarkAsync(node, default), await other.AuditWatermarkAsync(node, default));
        for (var key = 0; key < 5; key++)
            Assert.Equal(await one.FindLastUsedAsync($"AKIA{key}", default), await other.FindLastUsedAsync($"AKIA{key}", default));
        Assert.Equal(await SightingsAsync(one), await SightingsAsync(other));
        Assert.Equal(await ChangesAsync(one), await ChangesAsync(other));
    }

    private static async Task<List<string>> SightingsAsync(IStore store) =>
        [.. (await store.FindSightingsAsync(new SightingQuery(AccountId.Of(7)) { Most = 100 }, default)).Select(each => $"{each with { Body = default }} {Convert.ToHexString(each.Body.Span)}")];

    private static async Task<List<string>> ChangesAsync(IStore store)
    {
        var changes = new List<string>();
        await foreach (var change in store.ChangesAfterAsync((await store.HeadAsync(default)) with { Sequence = 0, Commit = "" }, default))
            changes.Add($"{change.Position.Sequence} {change.Set} {string.Join(' ', change.Puts.Select(Text))} {string.Join(' ', change.Deletes)}");
        return changes;
    }

    private static string Text(Document document) => $"{document.Key} {document.Revision} {Convert.ToHexString(document.Body.Span)}";
}

/// <summary>A backup under a key that tests have.</summary>
internal static class TestBackup
{
    public static async Task<IReadOnlyDictionary<string, TableSum>> WriteAsync(string path, ISnapshotSource source)
    {
        using var file = BackupFile.Create(path);
        using var writer = new BackupWriter(file.Stream, Header(source), Key());
        var sums = new Dictionary<string, TableSum>();
        foreach (var table in SnapshotTables.All)
            sums[table.Name] = await writer.WriteAsync(table, source.RowsAsync(table, default), _ => { }, default);
        writer.Finish();
        file.Publish();
        return sums;
    }

    public static BackupReader Open(string path) => BackupReader.Open(path, _ => Key());

    public static async Task FillAsync(ISnapshotTarget target, ISnapshotSource source, SnapshotHead head)
    {
        foreach (var table in SnapshotTables.All)
            await target.WriteAsync(table, source.RowsAsync(table, default), default);
        await target.CommitAsync(head, default);
    }

    private static byte[] Key() => [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static BackupHeader Header(ISnapshotSource source) => new()
    {
        Product = "test", Engine = source.Origin.Engine, Schema = source.Origin.Schema, TakenAt = DateTimeOffset.UnixEpoch, Epoch = source.Head.Epoch, Sequence = source.Head.Sequence, KeyId = 1, SealedKey = [1, 2, 3],
    };
}
