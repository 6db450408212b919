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

    /// <summary>The store; through a link when one is given, and then with short timeouts.</summary>
    public async Task<IStore> OpenAsync(TimeProvider? time = null, TcpLink? link = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(await ConnectionStringAsync());
        if (link is not null)
            (settings.Port, settings.Timeout, settings.CommandTimeout) = (link.Port, 1, 2);
        return await PostgresStore.OpenAsync(settings.ConnectionString, init: true, time ?? TimeProvider.System, default);
    }

    public static async Task<TcpLink> LinkAsync() => TcpLink.To((await PostgresServer.SharedAsync()).Port);

    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(await ConnectionStringAsync() + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public async Task<string> SqlAsync(string sql) =>
        (await (await PostgresServer.SharedAsync()).ExecuteAsync(new NpgsqlConnectionStringBuilder(await ConnectionStringAsync()).Database!, sql)).Trim();
}
