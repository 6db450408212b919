using Daypass.Service.Stores;
using Daypass.Storage.Postgres;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sqlite;
using Daypass.Storage.Tests.Snapshots;
using Daypass.Testing;
using Npgsql;

namespace Daypass.Storage.Tests.Postgres;

public sealed class PostgresSnapshotTests : SnapshotContract
{
    private readonly TestDatabase _database = new();

    private protected override async ValueTask<IStore> OpenAsync() => await _database.OpenAsync();

    private protected override async ValueTask<ISnapshotSource> ReadAsync() => await PostgresSnapshot.OpenAsync(await _database.ConnectionStringAsync(), default);

    private protected override ValueTask<(ISnapshotTarget, Func<ValueTask<IStore>>, Func<ValueTask<ISnapshotSource>>)> EmptyAsync() => PostgresTarget.EmptyAsync();

    [Fact]
    public async Task A_database_that_holds_a_store_is_refused()
    {
        await using (var store = await OpenAsync())
            await new RandomStore(1).FillAsync(store, 3);
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await PostgresImport.BeginAsync(await _database.ConnectionStringAsync(), default));
        Assert.Contains("is not empty", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_column_of_the_schema_is_in_snapshots()
    {
        await (await OpenAsync()).DisposeAsync();
        await using var connection = new NpgsqlConnection(await _database.ConnectionStringAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema()", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await rows.ReadAsync())
            columns.Add(rows.GetString(0));
        SnapshotSchema.AssertHolds(columns);
    }
}

/// <summary>From SQLite to PostgreSQL.</summary>
public sealed class SqliteToPostgresTests : SnapshotContract
{
    private string Data => Path.Combine(Folder.Path, "data");

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(Data, TimeProvider.System));

    private protected override ValueTask<ISnapshotSource> ReadAsync() => new(SqliteSnapshot.Open(Data));

    private protected override ValueTask<(ISnapshotTarget, Func<ValueTask<IStore>>, Func<ValueTask<ISnapshotSource>>)> EmptyAsync() => PostgresTarget.EmptyAsync();
}

/// <summary>And back.</summary>
public sealed class PostgresToSqliteTests : SnapshotContract
{
    private readonly TestDatabase _database = new();

    private string Target => Path.Combine(Folder.Path, "target");

    private protected override async ValueTask<IStore> OpenAsync() => await _database.OpenAsync();

    private protected override async ValueTask<ISnapshotSource> ReadAsync() => await PostgresSnapshot.OpenAsync(await _database.ConnectionStringAsync(), default);

    private protected override ValueTask<(ISnapshotTarget, Func<ValueTask<IStore>>, Func<ValueTask<ISnapshotSource>>)> EmptyAsync() =>
        new((SqliteImport.Begin(Target), () => new(SqliteStore.Open(Target, TimeProvider.System)), () => new(SqliteSnapshot.Open(Target))));
}

internal static class PostgresTarget
{
    public static async ValueTask<(ISnapshotTarget, Func<ValueTask<IStore>>, Func<ValueTask<ISnapshotSource>>)> EmptyAsync()
    {
        var connection = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        return (await PostgresImport.BeginAsync(connection, default), async () => await PostgresStore.OpenAsync(connection, init: false, TimeProvider.System, default), async () => await PostgresSnapshot.OpenAsync(connection, default));
    }
}
