using Daypass.Service.Stores;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>Merges last-used marks, all in one statement, in the order of their ids so that two nodes do not wait for each other in a circle.</summary>
internal static class PostgresMarks
{
    private const string Merge = """
        INSERT INTO last_used (id, time, region, service) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET time = excluded.time, region = excluded.region, service = excluded.service
        WHERE excluded.time > last_used.time
        """;

    public static async ValueTask<int> WriteAsync(NpgsqlConnection connection, IReadOnlyList<LastUsed> marks, CancellationToken cancellationToken)
    {
        var latest = marks.GroupBy(mark => mark.Id, StringComparer.Ordinal).Select(same => same.MaxBy(mark => mark.At)!)
            .OrderBy(mark => mark.Id, StringComparer.Ordinal).ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(
            Merge,
            latest.Select(mark => mark.Id).ToArray(), latest.Select(mark => mark.At.ToUnixTimeMilliseconds()).ToArray(),
            latest.Select(mark => StoredText.Of(mark.Region)).ToArray(), latest.Select(mark => StoredText.Of(mark.Service)).ToArray());
        return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
