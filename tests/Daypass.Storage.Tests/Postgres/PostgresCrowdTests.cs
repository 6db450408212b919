using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Npgsql;

namespace Daypass.Storage.Tests.Postgres;

/// <summary>Callers who ask for more than the connections can do.</summary>
public sealed class PostgresCrowdTests
{
    // The crowd's own waits end after four seconds: a machine that stood still for so long has told nothing, and is asked again.
    private const int Tries = 5;
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task However_many_search_and_load_the_feed_is_read_and_written_at_once()
    {
        await using var store = await _database.OpenAsync();
        var head = (await store.CommitAsync(new Commit { Id = "1", Set = SetId.Installation, Puts = [new(new("k", "1"), default)] }, default)).Position;
        await using var blocker = await _database.ConnectAsync();
        var isTold = false;
        for (var tries = 0; tries < Tries && !isTold; tries++)
        {
            await ExecuteAsync(blocker, "BEGIN; LOCK TABLE audit_events, last_used, documents IN ACCESS EXCLUSIVE MODE");
            var crowd = Crowd(store);
            await WaitForLocksAsync();
            var failure = await Record.ExceptionAsync(() => FeedAsync(store, head));
            var isCrowdWaiting = !crowd.Any(call => call.IsCompleted);
            await ExecuteAsync(blocker, "ROLLBACK");
            var failures = await Task.WhenAll(crowd.Select(call => Record.ExceptionAsync(() => call)));
            Assert.All(failures.Append(failure), each => Assert.True(each is null or StoreUnavailableException, each?.ToString()));
            isTold = isCrowdWaiting && failure is null && failures.All(each => each is null);
        }
        Assert.True(isTold, "The feed waits for those who search and load, or they are not served after all.");
    }

    private static List<Task> Crowd(IStore store) =>
    [
        .. Enumerable.Range(0, 40).SelectMany(i => (Task[])
        [
            store.FindAuditAsync(AuditContract.Query(AuditAttribute.None, "", size: 5), default).AsTask(),
            store.FindLastUsedAsync("AKIAEXAMPLE", default).AsTask(),
            store.LoadAsync(new SetId($"{i:D12}"), default).AsTask(),
        ]),
    ];

    private static async Task FeedAsync(IStore store, FeedPosition head)
    {
        await store.HeadAsync(default);
        Assert.False(await store.ChangesAfterAsync(head, default).GetAsyncEnumerator().MoveNextAsync());
        await store.ReportNodeAsync(new NodeReport("n", "n", "1", 1, null), default);
        Assert.Equal(0, await store.AuditWatermarkAsync("n", default));
    }

    // Of twenty connections a quarter for searches and two fifths for loads, and no more than these.
    private async Task WaitForLocksAsync()
    {
        const string waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        for (var tries = 0; tries < 50 && await _database.SqlAsync(waiting) != "13"; tries++)
            await Task.Delay(20);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
