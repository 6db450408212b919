using System.Globalization;
using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>
/// Brings a database to this program's schema, all in one transaction. Of several nodes that start at once one does it, the others wait
/// for it. An empty database is only touched when that was asked for.
/// </summary>
internal static class PostgresMigrations
{
    private const int OldestVersion = 15;
    private const int SecondsToWait = 600;

    // Any number that nobody else is likely to take: "daypass" as a number.
    private const string Lock = "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(28259006310019955)";
    private const string Exists = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_migrations'";
    private const string HasTables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";
    private const string Table = "CREATE TABLE schema_migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)";
    private const string Begin = "INSERT INTO feed_head (only_row, epoch, sequence) VALUES (1, @epoch, 0)";
    private const string AddOwnNode = "INSERT INTO audit_nodes (node, watermark) VALUES (@node, 0)";
    private const string Server = "SELECT version(), current_setting('server_version_num'), current_setting('server_encoding')";

    private static readonly Migrations Scripts = new("Postgres");

    public static int Newest => Scripts.Count;

    /// <exception cref="StoreUnavailableException">The server or the schema is not one that this program works with.</exception>
    public static async ValueTask ApplyAsync(NpgsqlConnection connection, bool init, CancellationToken cancellationToken)
    {
        await CheckServerAsync(connection, cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await RunAsync(connection, Lock, [], cancellationToken).ConfigureAwait(false);
        var exists = (await connection.AllAsync(Exists, row => row.GetInt64(0), [], cancellationToken).ConfigureAwait(false))[0] > 0;
        if (!exists && !init)
            throw new StoreUnavailableException(PostgresErrors.NoSchema);
        // A slip in the connection string must not make an installation among somebody else's tables.
        if (!exists && (await connection.AllAsync(HasTables, row => row.GetInt64(0), [], cancellationToken).ConfigureAwait(false))[0] > 0)
            throw new StoreUnavailableException("The database holds tables that are not Daypass's: make a database of its own for it (docs/guide/many-nodes.md has the SQL).");
        if (!exists)
            await RunAsync(connection, Table, [], cancellationToken).ConfigureAwait(false);
        var applied = await connection.AllAsync(Migrations.Applied, row => (row.GetInt64(0), row.GetString(1), row.GetString(2)), [], cancellationToken).ConfigureAwait(false);
        foreach (var script in Scripts.Missing("The database", applied))
            await RunAsync(connection, script, cancellationToken).ConfigureAwait(false);
        if (!exists)
            await BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await RunAsync(connection, Begin, [("@epoch", Migrations.NewEpoch())], cancellationToken).ConfigureAwait(false);
        await RunAsync(connection, AddOwnNode, [("@node", Statements.OwnNode)], cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask CheckServerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (version, number, encoding) = (await connection.AllAsync(
            Server, row => (row.GetString(0), row.GetString(1), row.GetString(2)), [], cancellationToken).ConfigureAwait(false))[0];
        // Others that speak the protocol have numbers of their own.
        if (version.StartsWith("PostgreSQL ", StringComparison.Ordinal) && int.Parse(number, CultureInfo.InvariantCulture) / 10_000 is < OldestVersion and var old)
            throw new StoreUnavailableException($"The server is PostgreSQL {old}: Daypass needs {OldestVersion} or newer.");
        if (!encoding.Equals("UTF8", StringComparison.OrdinalIgnoreCase))
            throw new StoreUnavailableException($"The database has the encoding {encoding}: make it with ENCODING 'UTF8'.");
    }

    private static async ValueTask RunAsync(NpgsqlConnection connection, Migration script, CancellationToken cancellationToken)
    {
        await RunAsync(connection, script.Sql, [], cancellationToken).ConfigureAwait(false);
        if (script.MakesAuditIndex)
            await PostgresAudit.IndexAsync(connection, cancellationToken).ConfigureAwait(false);
        await RunAsync(
            connection, Migrations.Remember, [("@number", script.Number), ("@name", script.Name), ("@checksum", script.Checksum)], cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask RunAsync(
        NpgsqlConnection connection, string sql, (string Name, object Value)[] values, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = SecondsToWait };
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
