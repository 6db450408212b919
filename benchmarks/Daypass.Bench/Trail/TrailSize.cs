using Microsoft.Data.Sqlite;
using Npgsql;

namespace Daypass.Bench.Trail;

/// <summary>Bytes on disk: of the whole trail, and of its index. SQLite is asked by counting the rows of the index, as it keeps no size of a table.</summary>
internal static class TrailSize
{
    private const string Rows = "SELECT count(*), coalesce(sum(length(events)), 0) FROM audit_terms";

    // What SQLite keeps with a row of four numbers and a blob, and what of a page is empty on average.
    private const double RowBytes = 30;
    private const double Fill = 0.7;

    public static async Task<(double Whole, double Index)> OfAsync(TrailSettings settings, string folder)
    {
        if (settings.Postgres is { } database)
        {
            await using var server = new NpgsqlConnection(database);
            await server.OpenAsync();
            return (await PostgresAsync(server, "audit_events") + await PostgresAsync(server, "audit_records") + await PostgresAsync(server, "audit_terms"), await PostgresAsync(server, "audit_terms"));
        }
        var file = Path.Combine(folder, "daypass.db");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = Rows;
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        return (new FileInfo(file).Length, ((rows.GetInt64(0) * RowBytes) + rows.GetInt64(1)) / Fill);
    }

    private static async Task<double> PostgresAsync(NpgsqlConnection connection, string table)
    {
        await using var command = new NpgsqlCommand("SELECT pg_total_relation_size(@table::regclass)", connection);
        command.Parameters.AddWithValue("table", table);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
