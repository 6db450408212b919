using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Daypass.Storage.Postgres;

/// <summary>
/// Writes a snapshot into an empty database, in one transaction: until it is committed the database holds no more than an empty schema, on
/// which no node starts.
/// </summary>
internal sealed class PostgresImport : ISnapshotTarget
{
    private const string IsUsed = """
        SELECT CASE WHEN EXISTS (SELECT 1 FROM sets) OR EXISTS (SELECT 1 FROM commits) OR EXISTS (SELECT 1 FROM audit_records) THEN 1 ELSE 0 END
        """;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;

    private PostgresImport(NpgsqlDataSource source, NpgsqlConnection connection) => (_source, _connection) = (source, connection);

    /// <exception cref="StoreUnavailableException">The database is not empty, or cannot be written.</exception>
    public static async Task<PostgresImport> BeginAsync(string connectionString, CancellationToken cancellationToken)
    {
        var source = PostgresSettings.Source(connectionString);
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await PostgresMigrations.ApplyAsync(connection, init: true, cancellationToken).ConfigureAwait(false);
            var import = new PostgresImport(source, connection);
            await import.BeginAsync(cancellationToken).ConfigureAwait(false);
            return import;
        }
        catch (Exception e)
        {
            await source.DisposeAsync().ConfigureAwait(false);
            if (PostgresErrors.IsFailure(e))
                throw PostgresErrors.Unavailable(e);
            throw;
        }
    }

    public async ValueTask WriteAsync(SnapshotTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        try
        {
            await using var copy = await _connection.BeginBinaryImportAsync(
                $"COPY {table.Name} ({string.Join(", ", table.Columns.Select(column => column.Name))}) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
            copy.Timeout = TimeSpan.FromHours(1);
            await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < row.Length; i++)
                    await WriteAsync(copy, row[i], table.Columns[i].Type, cancellationToken).ConfigureAwait(false);
            }
            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw PostgresErrors.Unavailable(e);
        }
    }

    public async ValueTask CommitAsync(SnapshotHead head, CancellationToken cancellationToken)
    {
        try
        {
            await PostgresAudit.IndexAsync(_connection, cancellationToken).ConfigureAwait(false);
            await using var batch = new NpgsqlBatch(_connection) { Timeout = 0 };
            // What is new here is numbered behind all that came.
            batch.AddNamed("INSERT INTO audit_nodes (number, node, watermark) SELECT coalesce(max(number), 0) + 1, @node, 0 FROM audit_nodes ON CONFLICT (node) DO NOTHING", ("@node", Statements.OwnNode));
            batch.AddNamed("SELECT setval(pg_get_serial_sequence('audit_nodes', 'number'), (SELECT max(number) FROM audit_nodes))");
            batch.AddNamed($"SELECT setval('audit_batches', (SELECT coalesce(max(id), 0) >> {PostgresAuditInsert.PlaceBits} FROM audit_records) + 1)");
            batch.AddNamed("UPDATE feed_head SET epoch = @epoch, sequence = @sequence", ("@epoch", head.Epoch), ("@sequence", head.Sequence));
            batch.AddNamed(PostgresCommands.Commit);
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            await _connection.ExecuteAsync("ANALYZE", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresErrors.IsFailure(e))
        {
            throw PostgresErrors.Unavailable(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    // The head's row is locked for as long as it takes: a node with --init would make its own installation here meanwhile.
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await _connection.ExecuteAsync(PostgresCommands.Begin, cancellationToken).ConfigureAwait(false);
        await _connection.ExecuteAsync("SET LOCAL idle_in_transaction_session_timeout = 0", cancellationToken).ConfigureAwait(false);
        await _connection.ExecuteAsync("UPDATE feed_head SET sequence = sequence", cancellationToken).ConfigureAwait(false);
        if ((await _connection.AllAsync(IsUsed, row => row.GetInt32(0), [], cancellationToken).ConfigureAwait(false))[0] != 0)
            throw new StoreUnavailableException("The database is not empty: make another one, and name that one with --store.");
        await _connection.ExecuteAsync("DELETE FROM audit_nodes", cancellationToken).ConfigureAwait(false);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, object? value, SnapshotType type, CancellationToken cancellationToken) => value switch
    {
        null => copy.WriteNullAsync(cancellationToken),
        long flag when type == SnapshotType.Flag => copy.WriteAsync((short)flag, NpgsqlDbType.Smallint, cancellationToken),
        long number => copy.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken),
        string text => copy.WriteAsync(StoredText.Of(text), NpgsqlDbType.Text, cancellationToken),
        _ => copy.WriteAsync((byte[])value, NpgsqlDbType.Bytea, cancellationToken),
    };
}
