using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>The registry of nodes, by the server's clock. Reports come often and are soon out of date: none waits for a disk or a standby.</summary>
internal static class PostgresNodes
{
    // Not now(), which is when the transaction began.
    private const string Clock = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
    private const string Hasten = "SET LOCAL synchronous_commit = off";
    private static readonly string Report = Statements.ReportNode.Replace("@now", Clock, StringComparison.Ordinal);

    public static async ValueTask<DateTimeOffset> ReportAsync(NpgsqlConnection connection, NodeReport report, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(PostgresCommands.Begin);
        batch.Add(Hasten);
        batch.AddNamed(
            Report,
            ("@node", report.Node), ("@name", report.Name), ("@version", report.Version), ("@applied", report.Applied),
            ("@shipped_until", report.ShippedUntil?.ToUnixTimeMilliseconds() ?? 0L));
        batch.Add(PostgresCommands.Commit);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var reported = (await rows.AllAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
        await rows.NextAsync(_ => true, cancellationToken).ConfigureAwait(false);
        return DateTimeOffset.FromUnixTimeMilliseconds(reported);
    }

    public static async ValueTask<NodeList> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"SELECT {Clock}");
        batch.AddNamed(Statements.Nodes);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var now = (await rows.AllAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
        return new NodeList(DateTimeOffset.FromUnixTimeMilliseconds(now), await rows.NextAsync(Rows.Node, cancellationToken).ConfigureAwait(false));
    }
}
