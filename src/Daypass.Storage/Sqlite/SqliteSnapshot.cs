using System.Runtime.CompilerServices;
using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace Daypass.Storage.Sqlite;

/// <summary>
/// Reads a data directory's database as of one moment, beside the server that may be running on it: in one transaction of a connection
/// that cannot write. It takes no lock of the data directory and holds up no writer.
/// </summary>
internal sealed class SqliteSnapshot : ISnapshotSource
{
    private readonly SqliteConnection _connection;
    private readonly string _file;

    private SqliteSnapshot(string file)
    {
        _file = file;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 30 }.ToString());
    }

    public (string Engine, int Schema) Origin => ("SQLite", SqliteMigrations.Newest);

    public SnapshotHead Head { get; private set; } = null!;

    /// <exception cref="StoreUnavailableException">There is no store of this version in the folder, or it cannot be read.</exception>
    public static SqliteSnapshot Open(string dataDirectory)
    {
        var snapshot = new SqliteSnapshot(DataDirectory.FileIn(dataDirectory));
        try
        {
            if (!System.IO.File.Exists(snapshot._file))
                throw new StoreUnavailableException($"There is no store in {dataDirectory}: name the data directory of a server with --data-dir.");
            snapshot.Begin();
            return snapshot;
        }
        catch (Exception failure)
        {
            snapshot._connection.Dispose();
            if (failure is not SqliteException)
                throw;
            throw new StoreUnavailableException($"The database {snapshot._file} cannot be read ({failure.Message.TrimEnd('.')}).", failure);
        }
    }

    public async IAsyncEnumerable<object?[]> RowsAsync(SnapshotTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = SnapshotQuery.Of(table);
        await foreach (var row in SnapshotQuery.RowsAsync(command, table, cancellationToken))
            yield return row;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Begin()
    {
        _connection.Open();
        Execute("PRAGMA query_only = ON");
        Execute("BEGIN");
        // The first read decides which moment the transaction sees.
        if (Number("SELECT count(*) FROM sqlite_schema WHERE name IN ('schema_migrations', 'feed_head')") != 2)
            throw new StoreUnavailableException($"The database {_file} holds no store yet.");
        if (Number("SELECT count(*) FROM schema_migrations") is var schema && schema != SqliteMigrations.Newest)
            throw new StoreUnavailableException(
                $"The database {_file} has schema {schema}, and this version of Daypass has schema {SqliteMigrations.Newest}: use the version that runs on it{(schema < SqliteMigrations.Newest ? ", or start this one on it once" : "")}.");
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT epoch, sequence FROM feed_head";
        using var row = command.ExecuteReader();
        Head = row.Read() ? new SnapshotHead(row.GetString(0), row.GetInt64(1)) : throw new StoreUnavailableException($"The database {_file} holds no store yet.");
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Number(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
