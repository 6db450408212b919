using System.Security.Cryptography;
using System.Text;
using Daypass.Service.Stores;

namespace Daypass.Storage.Sqlite;

/// <summary>
/// Numbered scripts, embedded, each applied once in its own transaction and remembered with its checksum. A database that is newer than
/// this program, or whose scripts were other ones, is refused untouched.
/// </summary>
internal static class SqliteMigrations
{
    private const string Prefix = "Daypass.Storage.Sqlite.Migrations.";

    private const string Table =
        "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT";

    public static void Apply(SqliteSession session, string file)
    {
        var scripts = Scripts();
        session.Execute("BEGIN IMMEDIATE");
        session.Execute(Table);
        var applied = session.All(
            "SELECT number, name, checksum FROM schema_migrations ORDER BY number",
            row => (Number: row.GetInt64(0), Name: row.GetString(1), Checksum: row.GetString(2)));
        if (applied.Count > scripts.Count)
            throw new StoreUnavailableException(
                $"The database {file} has schema {applied[^1].Number}, newer than schema {scripts.Count} of this Daypass: start the version that wrote it.");
        for (var i = 0; i < scripts.Count; i++)
        {
            if (i >= applied.Count)
                Run(session, i + 1, scripts[i]);
            else if (applied[i] != (i + 1, scripts[i].Name, scripts[i].Checksum))
                throw new StoreUnavailableException(
                    $"The database {file} was made by another build of Daypass: its migration {applied[i].Number} is not the one of this version.");
        }
        session.Execute("COMMIT");
    }

    private static void Run(SqliteSession session, int number, (string Name, string Sql, string Checksum) script)
    {
        session.Execute(script.Sql);
        session.Execute("INSERT INTO schema_migrations (number, name, checksum) VALUES (@number, @name, @checksum)",
            ("@number", number), ("@name", script.Name), ("@checksum", script.Checksum));
    }

    private static List<(string Name, string Sql, string Checksum)> Scripts()
    {
        var assembly = typeof(SqliteMigrations).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        return [.. names.Order(StringComparer.Ordinal).Select(Load)];

        (string, string, string) Load(string resource)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            return (resource[Prefix.Length..], sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
        }
    }
}
