using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Daypass.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    // Before SQLite's first use: no locks inside a connection, as one thread has it at a time, and no global memory statistics. Both
    // are taken on every row, and events come with every call.
    static SqliteSession()
    {
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteSession(string file, bool isReader)
    {
        Connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            Configure(isReader);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SqliteConnection Connection { get; }

    public int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        Prepare(sql, parameters).ExecuteNonQuery();

    public long? Number(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        Prepare(sql, parameters).ExecuteScalar() is long number ? number : null;

    public T? One<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var rows = Prepare(sql, parameters).ExecuteReader();
        return rows.Read() ? map(rows) : default;
    }

    public List<T> All<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var rows = Prepare(sql, parameters).ExecuteReader();
        var all = new List<T>();
        while (rows.Read())
            all.Add(map(rows));
        return all;
    }

    public void Each(string sql, Action<DbDataReader> use, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var rows = Prepare(sql, parameters).ExecuteReader();
        while (rows.Read())
            use(rows);
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        Connection.Dispose();
    }

    private void Configure(bool isReader)
    {
        Connection.Open();
        // FULL: a commit that has returned survives a power cut. The checkpoint is rarer than SQLite's default, as audit batches are large.
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA wal_autocheckpoint = 4000");
        Execute("PRAGMA cache_size = -16384");
        if (isReader)
            Execute("PRAGMA query_only = ON");
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            _prepared[sql] = command = Connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
                command.Parameters.AddWithValue(name, value);
            return command;
        }
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value;
        return command;
    }
}
