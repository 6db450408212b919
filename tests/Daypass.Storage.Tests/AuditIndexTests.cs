using Daypass.Service.Audit;
using Daypass.Storage.Postgres;
using Daypass.Storage.Sql;
using Daypass.Storage.Sqlite;
using Daypass.Storage.Tests.Postgres;
using Daypass.Storage.Tests.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Daypass.Storage.Tests;

/// <summary>That searches are ranges of an index, and what the index costs.</summary>
public sealed class AuditIndexTests : IDisposable
{
    // And what came after it.
    private const string DropIndex =
        "DROP TABLE audit_terms; DROP TABLE audit_digests; DROP TABLE sightings; DROP INDEX audit_events_in_order; DELETE FROM schema_migrations WHERE number >= (SELECT number FROM schema_migrations WHERE name LIKE '%audit-terms%')";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Statements => new()
    {
        { nameof(AuditSearch.SqlOfWindow), AuditSearch.SqlOfWindow }, { nameof(AuditSearch.SqlOfId), AuditSearch.SqlOfId },
        { nameof(AuditSearch.SqlOfPostings), AuditSearch.SqlOfPostings }, { nameof(AuditSearch.SqlOfEvent), AuditSearch.SqlOfEvent },
    };

    private static AuditSearch Search => new(AuditContract.Query(AuditAttribute.Username, "Alice") with { From = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch.AddDays(30_000) });

    private static (string Name, object Value)[] ParametersOf(string statement) => statement switch
    {
        nameof(AuditSearch.SqlOfWindow) => Search.Window,
        nameof(AuditSearch.SqlOfPostings) => Search.Postings(Search.High, 64),
        nameof(AuditSearch.SqlOfEvents) => Search.Events([new AuditCursor(1, 1), new AuditCursor(2, 2)]),
        nameof(AuditSearch.SqlOfEvent) => Search.Event(new AuditCursor(1, 1)),
        _ => [("@account", 1L), ("@time", 1L), ("@value", "x")],
    };

    [Theory, MemberData(nameof(Statements))]
    public async Task SQLite_reads_a_range_and_sorts_nothing(string name, string sql)
    {
        await using (SqliteStore.Open(_folder.Path, TimeProvider.System))
        {
        }
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var (parameter, value) in ParametersOf(name))
            command.Parameters.AddWithValue(parameter, value);
        var plan = new List<string>();
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
                plan.Add(rows.GetString(3));
        }
        Assert.Contains(plan, step => step.StartsWith("SEARCH", StringComparison.Ordinal) && step.Contains("PRIMARY KEY (account=?", StringComparison.Ordinal));
        Assert.All(plan, step => Assert.False(step.StartsWith("SCAN", StringComparison.Ordinal) || step.Contains("TEMP B-TREE", StringComparison.Ordinal), step));
        if (name is nameof(AuditSearch.SqlOfWindow) or nameof(AuditSearch.SqlOfPostings))
            Assert.Contains(plan, step => step.Contains("time>", StringComparison.Ordinal) && step.Contains("time,id)<(?,?)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PostgreSQL_reads_ranges_and_sorts_nothing()
    {
        var database = new TestDatabase();
        await (await database.OpenAsync()).DisposeAsync();
        await using var connection = await database.ConnectAsync();
        // As if the trail were large: everything in one account, and one term that everything has.
        await ExecuteAsync(connection, """
            INSERT INTO audit_events SELECT 123456789012, n * 10, n, n::text, 'AssumeRole', 'sts', 'Alice', 'AKIAEXAMPLE', 1, '' FROM generate_series(1, 20000) AS n;
            INSERT INTO audit_records SELECT n, 1, n, '' FROM generate_series(1, 20000) AS n;
            """);
        await ExecuteAsync(connection, $"INSERT INTO audit_terms SELECT 123456789012, {Search.Term}, n * 10, n, '' FROM generate_series(1, 20000) AS n");
        await ExecuteAsync(connection, "ANALYZE");
        (string, string)[] statements = [.. Statements.Select(row => ((string)row[0], (string)row[1])), (nameof(AuditSearch.SqlOfEvents), AuditSearch.SqlOfEvents)];
        foreach (var (name, sql) in statements)
        {
            var plan = await connection.AllAsync("EXPLAIN " + sql, row => row.GetString(0), ParametersOf(name), default);
            Assert.Contains(plan, step => step.Contains("Index Scan", StringComparison.Ordinal));
            Assert.All(plan, step => Assert.False(step.Contains("Seq Scan", StringComparison.Ordinal) || step.Contains("Sort", StringComparison.Ordinal), $"{name}: {string.Join('\n', plan)}"));
        }
    }

    [Fact]
    public async Task A_batch_takes_a_row_for_each_value_and_not_for_each_event()
    {
        await using (var store = SqliteStore.Open(_folder.Path, TimeProvider.System))
            await store.AppendAuditAsync("n", 0, [.. Enumerable.Range(1, 200).Select(i => new JournalEntry(i, AuditContract.Event(EventIds.Make(AuditContract.Event("").Time, new OneByte(i)))))], default);
        // Name, source, read only, user, key, type and name of the resource.
        Assert.Equal(7L, Scalar("SELECT count(*) FROM audit_terms"));
        Assert.InRange(Scalar("SELECT sum(length(events)) FROM audit_terms"), 1, 7 * 200 * 4);
    }

    [Fact]
    public async Task A_trail_that_was_written_before_there_was_an_index_is_searched_after_the_next_start()
    {
        await using (var store = SqliteStore.Open(_folder.Path, TimeProvider.System))
            await store.AppendAuditAsync("n", 0, Old(), default);
        Scalar(DropIndex + " RETURNING number");
        await using var newer = SqliteStore.Open(_folder.Path, TimeProvider.System);
        await AssertFoundAsync(newer);
    }

    [Fact]
    public async Task So_it_is_in_PostgreSQL()
    {
        var database = new TestDatabase();
        await using (var store = await database.OpenAsync())
            await store.AppendAuditAsync("n", 0, Old(), default);
        await using (var connection = await database.ConnectAsync())
            await ExecuteAsync(connection, DropIndex);
        await using var newer = await database.OpenAsync();
        await AssertFoundAsync(newer);
    }

    private static JournalEntry[] Old() => [.. Enumerable.Range(1, 100).Select(i => new JournalEntry(i, AuditContract.Event($"{i}", i) with { Username = i is 3 or 70 ? "Bob" : "Alice" }))];

    private static async Task AssertFoundAsync(Service.Stores.IStore store) => Assert.Equal(
        ["70", "3"], (await store.FindAuditAsync(AuditContract.Query(AuditAttribute.Username, "Bob"), default)).Events.Select(e => e.EventId));

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "daypass.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private long Scalar(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private sealed class OneByte(int number) : Service.Pipeline.IEntropy
    {
        public void Fill(Span<byte> bytes)
        {
            bytes.Clear();
            bytes[^1] = (byte)number;
        }
    }
}
