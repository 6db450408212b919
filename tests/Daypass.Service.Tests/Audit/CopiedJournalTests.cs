using Daypass.Service.Audit;

namespace Daypass.Service.Tests.Audit;

/// <summary>Machines are cloned with their disks: two nodes with one journal id, which no node can tell from its own files.</summary>
public sealed class CopiedJournalTests : IDisposable
{
    private readonly JournalFolder _folder = new();
    private readonly JournalFolder _copy = new();
    private readonly AuditOnlyStore _store = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Dispose();
        _copy.Dispose();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(2, 5)]
    [InlineData(5, 2)]
    public async Task Two_nodes_on_copies_of_a_stopped_nodes_journal_lose_and_double_nothing(int here, int there)
    {
        await using (var journal = _folder.Open())
            await journal.AppendAsync(1, 3);
        Copy();
        await ShipBothAsync(_folder.Open(), here, there);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    [InlineData(2, 5)]
    public async Task A_node_on_a_copy_of_a_running_nodes_journal_loses_and_doubles_nothing_of_either(int here, int there)
    {
        var journal = _folder.Open();
        await journal.AppendAsync(1, 2);
        using (var stop = new CancellationTokenSource())
        {
            var shipper = new AuditShipper(journal, _store, TimeProvider.System);
            var loop = shipper.RunAsync(stop.Token);
            await shipper.DrainAsync(_limit.Token);
            await stop.CancelAsync();
            await loop;
        }
        await journal.AppendAsync(3, 3);
        Copy();
        await ShipBothAsync(journal, here, there);
    }

    private async Task ShipBothAsync(AuditJournal first, int here, int there)
    {
        using var stop = new CancellationTokenSource();
        var second = _copy.Open();
        Assert.Equal(first.Node, second.Node);
        var (one, other) = (new AuditShipper(first, _store, TimeProvider.System), new AuditShipper(second, _store, TimeProvider.System));
        Task[] loops = [one.RunAsync(stop.Token), other.RunAsync(stop.Token)];
        for (var round = 1; round <= 3; round++)
        {
            await Task.WhenAll(one.DrainAsync(_limit.Token), other.DrainAsync(_limit.Token));
            // Both have tried, and know nothing of the outcome.
            _store.IsAway = true;
            await first.AppendAsync(round * 100, (round * 100) + here - 1);
            await second.AppendAsync((round * 100) + 50, (round * 100) + 50 + there - 1);
            while (one.Failure is null || other.Failure is null)
                await Task.Delay(10, _limit.Token);
            _store.IsAway = false;
        }
        await Task.WhenAll(one.DrainAsync(_limit.Token), other.DrainAsync(_limit.Token));
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        await first.DisposeAsync();
        await second.DisposeAsync();
        string[] all = [.. AuditSamples.Ids(1, 3), .. Enumerable.Range(1, 3).SelectMany(r => AuditSamples.Ids(r * 100, (r * 100) + here - 1).Concat(AuditSamples.Ids((r * 100) + 50, (r * 100) + 50 + there - 1)))];
        Assert.Equal(all.Order(), _store.Events.Order());
    }

    private void Copy()
    {
        Directory.CreateDirectory(_copy.Journal);
        foreach (var file in Directory.GetFiles(_folder.Journal).Where(file => !file.EndsWith("journal.lock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(_copy.Journal, Path.GetFileName(file)));
    }
}
