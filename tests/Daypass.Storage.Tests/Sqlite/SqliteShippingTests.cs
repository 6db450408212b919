using Daypass.Service.Audit;
using Daypass.Storage.Sqlite;

namespace Daypass.Storage.Tests.Sqlite;

/// <summary>The way of an event from the journal to a search.</summary>
public sealed class SqliteShippingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_many_appended_before_a_search_is_found_by_it_once_also_after_a_restart_in_between()
    {
        await using var store = SqliteStore.Open(Path.Combine(_folder.Path, "data"), TimeProvider.System);
        for (var life = 0; life < 3; life++)
        {
            await using var journal = AuditJournal.Open(Path.Combine(_folder.Path, "journal"), new AuditJournalOptions { FirstSegmentBytes = 1 << 16 });
            using var stop = new CancellationTokenSource();
            var shipper = new AuditShipper(journal, store, TimeProvider.System);
            var loop = shipper.RunAsync(stop.Token);
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => journal.AppendAsync(AuditContract.Event($"{life}/{i}", life)).AsTask()));
            await shipper.DrainAsync(default);
            Assert.Equal((life + 1) * 200, (await FindAllAsync(store)).Distinct().Count());
            await stop.CancelAsync();
            await loop;
        }
        Assert.Equal(600, (await FindAllAsync(store)).Count);
    }

    private static async Task<List<string>> FindAllAsync(SqliteStore store)
    {
        var (found, query) = (new List<string>(), AuditContract.Query());
        do
        {
            var page = await store.FindAuditAsync(query, default);
            found.AddRange(page.Events.Select(e => e.EventId));
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return found;
    }
}
