using System.Security.Cryptography;
using System.Text;
using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>
/// An engine's numbered scripts, embedded, each applied once and remembered with its checksum. A database that is newer than this program,
/// or whose scripts were other ones, is refused untouched.
/// </summary>
internal sealed class Migrations
{
    public const string Applied = "SELECT number, name, checksum FROM schema_migrations ORDER BY number";
    public const string Remember = "INSERT INTO schema_migrations (number, name, checksum) VALUES (@number, @name, @checksum)";

    private readonly List<Migration> _scripts;

    /// <param name="engine">The folder's name, such as <c>Sqlite</c>.</param>
    public Migrations(string engine)
    {
        var prefix = $"Daypass.Storage.{engine}.Migrations.";
        var names = typeof(Migrations).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal));
        _scripts = [.. names.Order(StringComparer.Ordinal).Select((name, i) => Load(name, name[prefix.Length..], i + 1))];
    }

    public int Count => _scripts.Count;

    /// <summary>An epoch that no other store has, so that positions of another are never taken for this one's.</summary>
    public static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What is still to be applied, in order.</summary>
    /// <exception cref="StoreUnavailableException">The database is of a newer version or of another build.</exception>
    public IReadOnlyList<Migration> Missing(string database, IReadOnlyList<(long Number, string Name, string Checksum)> applied)
    {
        if (applied.Count > _scripts.Count)
            throw new StoreUnavailableException(
                $"{database} has schema {applied[^1].Number}, newer than schema {_scripts.Count} of this Daypass: start the version that wrote it.");
        for (var i = 0; i < applied.Count; i++)
        {
            if (applied[i] != (_scripts[i].Number, _scripts[i].Name, _scripts[i].Checksum))
                throw new StoreUnavailableException(
                    $"{database} was made by another build of Daypass: its migration {applied[i].Number} is not the one of this version.");
        }
        return _scripts[applied.Count..];
    }

    private static Migration Load(string resource, string name, long number)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(resource)!);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        return new Migration(number, name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }
}

internal sealed record Migration(long Number, string Name, string Sql, string Checksum)
{
    /// <summary>Whether it makes the trail's index, into which the events that are there have to be put.</summary>
    public bool MakesAuditIndex => Name.EndsWith("-audit-terms.sql", StringComparison.Ordinal);
}
