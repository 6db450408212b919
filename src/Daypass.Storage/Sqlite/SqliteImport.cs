using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;
using Microsoft.Data.Sqlite;

namespace Daypass.Storage.Sqlite;

/// <summary>
/// Writes a snapshot into an empty data directory. The database is built under another name, made durable, and then given its own name:
/// whatever cuts it off, there is a whole store or none; and what was cut off stands in the way of a server's start until somebody has
/// decided about it, or it would begin a new installation there.
/// </summary>
internal sealed class SqliteImport : ISnapshotTarget
{
    private readonly DataDirectory _directory;
    private SqliteSession? _session;
    private bool _isCommitted;

    private SqliteImport(DataDirectory directory)
    {
        _directory = directory;
        DeleteUnfinished();
        System.IO.File.Create(directory.Unfinished).Dispose();
        DataDirectory.MakePrivate(directory.Unfinished);
        _session = new SqliteSession(directory.Unfinished, isReader: false);
        // Nobody reads it before it is whole, and it becomes durable as a whole.
        _session.Execute("PRAGMA journal_mode = OFF");
        _session.Execute("PRAGMA synchronous = OFF");
        SqliteMigrations.Apply(_session, directory.Unfinished);
        _session.Execute("BEGIN EXCLUSIVE");
    }

    /// <exception cref="StoreUnavailableException">The directory is not empty, is in use, or cannot be written.</exception>
    public static SqliteImport Begin(string dataDirectory)
    {
        var directory = DataDirectory.OpenEmpty(Path.GetFullPath(dataDirectory));
        try
        {
            return new SqliteImport(directory);
        }
        catch (Exception failure)
        {
            directory.Dispose();
            throw failure is SqliteException ? Unwritten(directory, failure) : failure;
        }
    }

    public async ValueTask WriteAsync(SnapshotTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        try
        {
            await using var insert = Insert(table);
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                for (var i = 0; i < row.Length; i++)
                    insert.Parameters[i].Value = row[i] ?? DBNull.Value;
                insert.ExecuteNonQuery();
            }
        }
        catch (SqliteException failure)
        {
            throw Unwritten(_directory, failure);
        }
    }

    public ValueTask CommitAsync(SnapshotHead head, CancellationToken cancellationToken)
    {
        try
        {
            SqliteAudit.Index(_session!);
            _session!.Execute(
                "UPDATE feed_head SET epoch = @epoch, sequence = @sequence, audit_sequence = (SELECT coalesce(max(id), 0) FROM audit_records)",
                ("@epoch", head.Epoch), ("@sequence", head.Sequence));
            _session.Execute("COMMIT");
            _session.Dispose();
            _session = null;
        }
        catch (SqliteException failure)
        {
            throw Unwritten(_directory, failure);
        }
        _directory.Publish();
        _isCommitted = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _session?.Dispose();
        if (!_isCommitted)
            DeleteUnfinished();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private SqliteCommand Insert(SnapshotTable table)
    {
        var command = _session!.Connection.CreateCommand();
        var names = table.Columns.Select(column => column.Name).ToList();
        command.CommandText = $"INSERT INTO {table.Name} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(name => "@" + name))})";
        foreach (var name in names)
            command.Parameters.AddWithValue("@" + name, DBNull.Value);
        return command;
    }

    private void DeleteUnfinished()
    {
        foreach (var suffix in (string[])["", "-wal", "-shm", "-journal"])
            System.IO.File.Delete(_directory.Unfinished + suffix);
    }

    private static StoreUnavailableException Unwritten(DataDirectory directory, Exception failure) =>
        new($"The database {directory.File} cannot be written ({failure.Message.TrimEnd('.')}); nothing was restored.", failure);
}
