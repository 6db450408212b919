using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Storage.Tests.Postgres;

public sealed class PostgresDigestTests : DigestContract
{
    private static readonly AccountId Account = AccountId.Of(123456789012);
    private readonly TestDatabase _database = new();

    private protected override async ValueTask<IStore> OpenAsync() => await _database.OpenAsync(Time);

    [Theory]
    [InlineData("SELECT watermark FROM audit_nodes WHERE node = 'n' FOR UPDATE")]
    [InlineData("SELECT sequence FROM feed_head FOR UPDATE")]
    [InlineData("UPDATE audit_nodes SET watermark = watermark WHERE node = 'store'; INSERT INTO audit_nodes (node, watermark) VALUES ('new', 0)")]
    public async Task The_horizon_waits_for_a_batch_that_has_its_number_and_is_not_there_yet(string begin)
    {
        await AppendAsync("n", 1, Account, "1");
        await using var other = await _database.ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await ExecuteAsync(begin);
        await ExecuteAsync("""
            WITH batch AS (SELECT nextval('audit_batches') << 20 AS id), event AS (
                INSERT INTO audit_events SELECT 123456789012, 0, id, 'late', 'n', 's', '', '', 0, '' FROM batch)
            INSERT INTO audit_records SELECT id, 1, 1, '{"eventID":"late"}' FROM batch
            """);
        var horizon = Digests.HorizonAsync(default).AsTask();
        // Whoever is not locked out goes on, in the meantime, with higher numbers.
        await using (var third = await _database.OpenAsync(Time))
        {
            var asked = await _database.SqlAsync("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()");
            while (asked.Length == 0)
            {
                Assert.False(horizon.IsCompleted);
                await Task.Delay(20);
                asked = await _database.SqlAsync("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()");
            }
        }
        Assert.False(horizon.IsCompleted);
        await transaction.CommitAsync();
        Assert.Equal(["""{"eventID":"1"}""", """{"eventID":"late"}"""], await ReadAsync(Account, until: await horizon));

        async Task ExecuteAsync(string sql)
        {
            await using var command = other.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Nodes_old_and_new_and_writers_go_on_while_horizons_are_asked_for_and_nothing_comes_late()
    {
        var stop = false;
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 1; i <= 30; i++)
            {
                await AppendAsync($"node {writer}", i, Account, $"{writer}/{i}");
                await AppendAsync($"young {writer}/{i}", 1, Account, $"young {writer}/{i}");
                await CommittedAsync(Commit(Put($"{writer}")) with { Audit = [AuditContract.Event($"commit {writer}/{i}") with { Account = Account }] });
            }
        })).ToList();
        var seen = new List<(long Horizon, int Count)>();
        var watching = Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                var horizon = await Digests.HorizonAsync(default);
                seen.Add((horizon, (await Digests.ReadAsync(Account, long.MinValue, horizon, 10_000, default)).Count));
            }
        });
        await Task.WhenAll(writers);
        Volatile.Write(ref stop, true);
        await watching;
        foreach (var (horizon, count) in seen)
            Assert.Equal(count, (await Digests.ReadAsync(Account, long.MinValue, horizon, 10_000, default)).Count);
        Assert.Equal(4 * 30 * 3, (await ReadAsync(Account, count: 10_000)).Length);
    }
}
