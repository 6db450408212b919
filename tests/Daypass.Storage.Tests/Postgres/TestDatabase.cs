using Daypass.Service.Stores;
using Daypass.Storage.Postgres;
using Daypass.Testing;
using Npgsql;

namespace Daypass.Storage.Tests.Postgres;

/// <summary>A database of a test's own on the shared server, made when it is first opened.</summary>
internal sealed class TestDatabase
{
    private string? _connectionString;

    public async Task<string> ConnectionStringAsync() => _connectionString ??= await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();

    /// <summary>The store; through a link when one is given, and then with short timeouts. Else with long ones: what answers late here is the machine.</summary>
    public async Task<IStore> OpenAsync(TimeProvider? time = null, TcpLink? link = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(await ConnectionStringAsync());
        (settings.Port, settings.Timeout, settings.CommandTimeout) = link is null ? (settings.Port, 30, 60) : (link.Port, 1, 2);
        return await PostgresStore.OpenAsync(settings.ConnectionString, init: true, time ?? TimeProvider.System, default);
    }

    public static async Task<TcpLink> LinkAsync() => TcpLink.To((await PostgresServer.SharedAsync()).Port);

    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(await ConnectionStringAsync() + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Waits until nobody is connected any more: a server process has counted what it did when it is gone.</summary>
    public async Task DesertedAsync()
    {
        while (await SqlAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()") != "0")
            await Task.Delay(20);
    }

    public async Task<string> SqlAsync(string sql) =>
        (await (await PostgresServer.SharedAsync()).ExecuteAsync(new NpgsqlConnectionStringBuilder(await ConnectionStringAsync()).Database!, sql)).Trim();
}
