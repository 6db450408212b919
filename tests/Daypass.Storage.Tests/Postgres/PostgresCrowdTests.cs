using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Npgsql;

namespace Daypass.Storage.Tests.Postgres;

/// <summary>Callers who ask for more than the connections can do.</summary>
public sealed class PostgresCrowdTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task However_many_search_and_load_the_feed_is_read_and_written_at_once()
    {
        await using var store = await _database.OpenAsync();
        var head = (await store.CommitAsync(new Commit { Id = "1", Set = SetId.Installation, Puts = [new(new("k", "1"), default)] }, default)).Position;
        await using var blocker = await _database.ConnectAsync();
        await using (var command = new NpgsqlCommand("BEGIN; LOCK TABLE audit_events, last_used, documents IN ACCESS EXCLUSIVE MODE", blocker))
            await command.ExecuteNonQueryAsync();
        List<Task> crowd = [];
        for (var i = 0; i < 40; i++)
        {
            crowd.Add(store.FindAuditAsync(AuditContract.Query(AuditAttribute.None, "", size: 5), default).AsTask());
            crowd.Add(store.FindLastUsedAsync("AKIAEXAMPLE", default).AsTask());
            crowd.Add(store.LoadAsync(new SetId($"{i:D12}"), default).AsTask());
        }
        await Task.Delay(300);
        await store.HeadAsync(default).AsTask().WaitAsync(Soon);
        Assert.False(await store.ChangesAfterAsync(head, default).GetAsyncEnumerator().MoveNextAsync().AsTask().WaitAsync(Soon));
        await store.ReportNodeAsync(new NodeReport("n", "n", "1", 1, null), default).AsTask().WaitAsync(Soon);
        Assert.Equal(0, await store.AuditWatermarkAsync("n", default).AsTask().WaitAsync(Soon));
        await using (var command = new NpgsqlCommand("ROLLBACK", blocker))
            await command.ExecuteNonQueryAsync();
        await Task.WhenAll(crowd);
    }
}
