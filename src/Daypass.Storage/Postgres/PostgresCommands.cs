using System.Data.Common;
using Daypass.Service.Stores;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>The few ways in which commands are run.</summary>
internal static class PostgresCommands
{
    public const string BeginSnapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    // Named, as a role or a database may have another level set: at it, whoever waited for the feed's lock could not have it.
    public const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED";
    public const string Commit = "COMMIT";

    /// <summary>Adds a statement with positional parameters (<c>$1</c> and so on).</summary>
    public static void Add(this NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }

    /// <summary>Adds a statement with named parameters (<c>@name</c>), as the engines share them.</summary>
    public static void AddNamed(this NpgsqlBatch batch, string sql, params (string Name, object Value)[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        batch.BatchCommands.Add(command);
    }

    /// <summary>
    /// Runs a batch and a COMMIT behind it. A warning is a failure: the standby that the COMMIT waited for has not confirmed it, or there
    /// was no transaction to commit any more.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It may be lost.</exception>
    public static async ValueTask ExecuteCommitAsync(this NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var (isWarned, connection) = (false, batch.Connection!);
        void Heard(object sender, NpgsqlNoticeEventArgs e) => isWarned |= e.Notice.InvariantSeverity == "WARNING";
        batch.Add(Commit);
        connection.Notice += Heard;
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            connection.Notice -= Heard;
        }
        if (isWarned)
            throw new StoreUnavailableException("PostgreSQL did not confirm a commit: a synchronous standby is away, or the transaction was lost.");
    }

    public static async ValueTask<List<T>> AllAsync<T>(
        this NpgsqlConnection connection, string sql, Func<DbDataReader, T> map, (string Name, object Value)[] values, CancellationToken cancellationToken,
        int? seconds = null)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (seconds is not null)
            batch.Timeout = seconds.Value;
        batch.AddNamed(sql, values);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await rows.AllAsync(map, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rows of the present result set.</summary>
    public static async ValueTask<List<T>> AllAsync<T>(this NpgsqlDataReader rows, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            all.Add(map(rows));
        return all;
    }

    /// <summary>The rows of the next result set.</summary>
    public static async ValueTask<List<T>> NextAsync<T>(this NpgsqlDataReader rows, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        await rows.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return await rows.AllAsync(map, cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
