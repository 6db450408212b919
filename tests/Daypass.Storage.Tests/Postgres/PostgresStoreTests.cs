using Daypass.Service.Stores;
using Daypass.Storage.Postgres;
using Daypass.Testing;
using Npgsql;

namespace Daypass.Storage.Tests.Postgres;

/// <summary>Which databases are taken, what is made of them, and what an operator is told of the others.</summary>
public sealed class PostgresStoreTests
{
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task An_empty_database_is_not_touched_without_init()
    {
        var refused = await RefusedAsync(await _database.ConnectionStringAsync());
        Assert.Equal("The database has no Daypass schema: start Daypass once with --init.", refused);
        Assert.Equal("0", await _database.SqlAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        await (await _database.OpenAsync()).DisposeAsync();
        await (await PostgresStore.OpenAsync(await _database.ConnectionStringAsync(), init: false, TimeProvider.System, default)).DisposeAsync();
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        await _database.SqlAsync("INSERT INTO schema_migrations VALUES (99, '0099-later.sql', 'x')");
        Assert.Contains("newer than schema", await RefusedAsync(await _database.ConnectionStringAsync()));
        await _database.SqlAsync("DELETE FROM schema_migrations WHERE number = 99");
        await (await _database.OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_database_whose_migration_was_another_is_refused()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        await _database.SqlAsync("UPDATE schema_migrations SET checksum = 'x'");
        Assert.Contains("made by another build", await RefusedAsync(await _database.ConnectionStringAsync()));
    }

    [Fact]
    public async Task Somebody_elses_database_is_left_alone_by_an_init()
    {
        await _database.SqlAsync("CREATE TABLE customers (id INT)");
        Assert.StartsWith("The database holds tables that are not Daypass's", await RefusedAsync(await _database.ConnectionStringAsync(), init: true));
        Assert.Equal("customers", await _database.SqlAsync("SELECT string_agg(table_name, ',') FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    [Fact]
    public async Task A_database_of_another_encoding_is_refused()
    {
        var server = await PostgresServer.SharedAsync();
        await server.ExecuteAsync("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
        Assert.Equal("The database has the encoding LATIN1: make it with ENCODING 'UTF8'.", await RefusedAsync(server.ConnectionString("latin"), init: true));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port={0};Username=postgres;Database=missing", "The database does not exist")]
    [InlineData("Host=127.0.0.1;Port={0};Username=nobody;Database=postgres", "PostgreSQL refused the login: role \"nobody\" does not exist.")]
    [InlineData("Host=127.0.0.1;Port=1;Username=postgres;Database=postgres", "PostgreSQL cannot be reached (ConnectionRefused).")]
    [InlineData("Host=127.0.0.1;Port={0};Username=postgres;Database=postgres;Password=a;SECRET=b", "This is not a connection string for PostgreSQL")]
    [InlineData("Host=127.0.0.1;Port=SECRET", "This is not a connection string for PostgreSQL")]
    [InlineData("Database=daypass", "This is not a connection string for PostgreSQL")]
    [InlineData("/var/lib/daypass", "This is not a connection string for PostgreSQL")]
    public async Task What_cannot_be_opened_is_refused_with_one_sentence_without_secrets(string connectionString, string sentence)
    {
        var refused = await RefusedAsync(string.Format(connectionString, (await PostgresServer.SharedAsync()).Port), init: true);
        Assert.StartsWith(sentence, refused);
        Assert.DoesNotContain("SECRET", refused);
    }

    [Fact]
    public async Task A_role_that_makes_commits_asynchronous_or_readonly_is_set_right_or_refused()
    {
        var settings = new NpgsqlConnectionStringBuilder(await _database.ConnectionStringAsync());
        await (await _database.OpenAsync()).DisposeAsync();
        await _database.SqlAsync($"ALTER DATABASE {settings.Database} SET synchronous_commit = off");
        await using (var source = PostgresSettings.Source(settings.ConnectionString))
        await using (var connection = await source.OpenConnectionAsync())
            Assert.Equal("on", (await connection.AllAsync("SHOW synchronous_commit", row => row.GetString(0), [], default))[0]);
        await _database.SqlAsync($"ALTER DATABASE {settings.Database} SET default_transaction_read_only = on");
        Assert.StartsWith("The PostgreSQL server is a standby or read-only", await RefusedAsync(settings.ConnectionString));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";Multiplexing=true;Command Timeout=0;Timeout=0")]
    public async Task A_database_whose_transactions_are_serializable_and_a_string_that_scatters_them_change_nothing(string settings)
    {
        await (await _database.OpenAsync()).DisposeAsync();
        var connectionString = await _database.ConnectionStringAsync() + settings;
        await _database.SqlAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} SET default_transaction_isolation = serializable");
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostgresStore.OpenAsync(connectionString, init: false, TimeProvider.System, default)));
        await Task.WhenAll(nodes.Select(async (node, n) =>
        {
            for (var i = 0; i < 50; i++)
            {
                var commit = new Commit { Id = $"{n}/{i}", Set = SetId.Installation, Puts = [new(new("k", $"{n}"), "{}"u8.ToArray())] };
                Assert.Equal(CommitOutcome.Committed, (await node.CommitAsync(commit, default)).Outcome);
                Assert.Equal(new Appended(i + 1, true), await node.AppendAuditAsync($"{n}", i, [new(i + 1, AuditContract.Event($"{n}/{i}"))], default));
            }
        }));
        Assert.Equal(200, (await nodes[0].HeadAsync(default)).Sequence);
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task A_user_with_no_more_than_the_documented_rights_can_do_everything()
    {
        var server = await PostgresServer.SharedAsync();
        await server.ExecuteAsync("postgres", "CREATE ROLE daypass LOGIN");
        await server.ExecuteAsync("postgres", "CREATE DATABASE daypass OWNER daypass ENCODING 'UTF8' TEMPLATE template0");
        await using var store = await PostgresStore.OpenAsync(server.ConnectionString("daypass").Replace("Username=postgres", "Username=daypass"), init: true, TimeProvider.System, default);
        var claim = new Claim("c", TimeProvider.System.GetUtcNow().AddMinutes(1));
        var commit = new Commit { Id = "1", Set = SetId.Installation, Puts = [new(new("k", "n"), "{}"u8.ToArray())], Claims = [claim], Audit = [AuditContract.Event("1")] };
        Assert.Equal(CommitOutcome.Committed, (await store.CommitAsync(commit, default)).Outcome);
        Assert.Equal(new Appended(1, true), await store.AppendAuditAsync("n", 0, [new(1, AuditContract.Event("2"))], default));
        await store.MarkUsedAsync([new("AKIAEXAMPLE", TimeProvider.System.GetUtcNow(), "r", "s")], default);
    }

    [Fact]
    public async Task Nothing_reads_the_whole_of_a_table_that_grows_for_ever()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        await _database.SqlAsync("""
            INSERT INTO commits SELECT i, 'c' || i, '000000000001' FROM generate_series(1, 30000) AS i;
            INSERT INTO changes SELECT i, 0, 'user', 'u' || i, repeat('x', 300)::bytea FROM generate_series(1, 30000) AS i;
            INSERT INTO documents SELECT '000000000001', 'user', 'u' || i, i, repeat('x', 300)::bytea FROM generate_series(1, 30000) AS i;
            INSERT INTO claims SELECT '000000000001', 'c' || i, 99999999999999 FROM generate_series(1, 30000) AS i;
            UPDATE feed_head SET sequence = 30000;
            """);
        const string Scans = "SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname IN ('commits', 'changes', 'documents', 'claims')";
        await _database.SqlAsync("ANALYZE");
        await _database.DesertedAsync();
        var before = await _database.SqlAsync(Scans);
        var store = await _database.OpenAsync();
        // Often enough for the server to settle on a plan for all parameters.
        for (var i = 0; i < 12; i++)
        {
            var (key, head) = (new DocumentKey("user", $"u{i + 1}"), await store.HeadAsync(default));
            await foreach (var _ in store.ChangesAfterAsync(head, default))
                Assert.Fail("There is nothing new.");
            var commit = new Commit { Id = $"{i}", Set = new SetId("000000000001"), Reads = [new(key, i + 1)], Puts = [new(key, default)], Deletes = [new("user", $"u{i + 100}")], Claims = [new($"{i}", DateTimeOffset.UnixEpoch.AddDays(1))] };
            Assert.Equal(CommitOutcome.Committed, (await store.CommitAsync(commit, default)).Outcome);
            await foreach (var change in store.ChangesAfterAsync(head, default))
                Assert.Equal(commit.Id, change.Position.Commit);
        }
        await store.DisposeAsync();
        await _database.DesertedAsync();
        Assert.Equal(before, await _database.SqlAsync(Scans));
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var store = await _database.OpenAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();
        Assert.Equal("The store is closed.", (await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.HeadAsync(default))).Message);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(new Commit { Id = "1", Set = SetId.Installation }, default));
    }

    private static async Task<string> RefusedAsync(string connectionString, bool init = false) =>
        (await Assert.ThrowsAsync<StoreUnavailableException>(() => PostgresStore.OpenAsync(connectionString, init, TimeProvider.System, default))).Message;
}
