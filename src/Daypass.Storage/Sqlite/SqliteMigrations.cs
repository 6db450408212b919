using Daypass.Storage.Sql;

namespace Daypass.Storage.Sqlite;

/// <summary>Brings a database file to this program's schema, all in one transaction.</summary>
internal static class SqliteMigrations
{
    private const string Table =
        "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT";

    private const string Begin =
        "INSERT INTO feed_head (only, epoch, sequence, audit_sequence) VALUES (1, @epoch, 0, 0) ON CONFLICT DO NOTHING";

    private static readonly Migrations Scripts = new("Sqlite");

    /// <summary>The schema's number that this program knows.</summary>
    public static int Newest => Scripts.Count;

    public static void Apply(SqliteSession session, string file)
    {
        session.Execute("BEGIN IMMEDIATE");
        session.Execute(Table);
        var applied = session.All(Migrations.Applied, row => (row.GetInt64(0), row.GetString(1), row.GetString(2)));
        foreach (var script in Scripts.Missing($"The database {file}", applied))
        {
            session.Execute(script.Sql);
            if (script.MakesAuditIndex)
                SqliteAudit.Index(session);
            session.Execute(Migrations.Remember, ("@number", script.Number), ("@name", script.Name), ("@checksum", script.Checksum));
        }
        session.Execute(Begin, ("@epoch", Migrations.NewEpoch()));
        session.Execute("COMMIT");
    }
}
