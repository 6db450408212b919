using System.Runtime.CompilerServices;
using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>Reads a shared database as of one moment, beside the nodes that run on it: in one read-only transaction, row by row.</summary>
internal sealed class PostgresSnapshot : ISnapshotSource
{
    private const string Position = "SELECT epoch, sequence, (SELECT count(*) FROM schema_migrations) FROM feed_head";
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;

    private PostgresSnapshot(NpgsqlDataSource source, NpgsqlConnection connection) => (_source, _connection) = (source, connection);

    public (string Engine, int Schema) Origin => ("PostgreSQL", PostgresMigrations.Newest);

    public SnapshotHead Head { get; private set; } = null!;

    /// <exception cref="StoreUnavailableException">There is no store of this version in the database, or it cannot be read.</exception>
    public static async Task<PostgresSnapshot> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var source = PostgresSettings.Source(connectionString);
        try
        {
            var snapshot = new PostgresSnapshot(source, await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false));
            await snapshot.BeginAsync(cancellationToken).ConfigureAwait(false);
            return snapshot;
        }
        catch (Exception e)
        {
            await source.DisposeAsync().ConfigureAwait(false);
            if (PostgresErrors.IsFailure(e))
                throw PostgresErrors.Unavailable(e);
            throw;
        }
    }

    public async IAsyncEnumerable<object?[]> RowsAsync(SnapshotTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SnapshotQuery.Of(table), _connection) { CommandTimeout = 0 };
        await using var rows = SnapshotQuery.RowsAsync(command, table, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveAsync(rows).ConfigureAwait(false))
            yield return rows.Current;
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<object?[]> rows)
    {
        try
        {
            return await rows.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresErrors.IsFailure(e))
        {
            throw PostgresErrors.Unavailable(e);
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await _connection.ExecuteAsync(PostgresCommands.BeginSnapshot, cancellationToken).ConfigureAwait(false);
        // What reads slowly, or checks what it has read, is not a node that died.
        await _connection.ExecuteAsync("SET LOCAL idle_in_transaction_session_timeout = 0", cancellationToken).ConfigureAwait(false);
        var heads = await _connection.AllAsync(Position, row => (Head: new SnapshotHead(row.GetString(0), row.GetInt64(1)), Schema: row.GetInt64(2)), [], cancellationToken).ConfigureAwait(false);
        if (heads.Count == 0)
            throw new StoreUnavailableException(PostgresErrors.NoSchema);
        if (heads[0].Schema != PostgresMigrations.Newest)
            throw new StoreUnavailableException(
                $"The database has schema {heads[0].Schema}, and this version of Daypass has schema {PostgresMigrations.Newest}: use the version that runs on it{(heads[0].Schema < PostgresMigrations.Newest ? ", or start this one on it once" : "")}.");
        Head = heads[0].Head;
    }
}
