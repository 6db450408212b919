using Daypass.Service.Stores;
using Daypass.Storage.Sql;

namespace Daypass.Storage.Sqlite;

/// <summary>The registry of nodes. A SQLite store has one; the table is there because the contract is.</summary>
internal static class SqliteNodes
{
    public static DateTimeOffset Report(SqliteSession session, NodeReport report, DateTimeOffset now)
    {
        session.Execute(
            Statements.ReportNode,
            ("@node", report.Node), ("@name", report.Name), ("@version", report.Version), ("@applied", report.Applied),
            ("@shipped_until", report.ShippedUntil?.ToUnixTimeMilliseconds() ?? 0L), ("@now", now.ToUnixTimeMilliseconds()));
        return now;
    }
}
