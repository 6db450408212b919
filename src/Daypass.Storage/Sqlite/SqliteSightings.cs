using Daypass.Service.Stores;
using Daypass.Storage.Sql;

namespace Daypass.Storage.Sqlite;

/// <summary>The certificates that came for sessions, in SQLite.</summary>
internal static class SqliteSightings
{
    public static int Note(SqliteSession session, IReadOnlyList<Sighting> sightings)
    {
        foreach (var sighting in sightings)
            session.Execute(SightingStatements.Merge, SightingStatements.Values(sighting));
        foreach (var (account, subject) in sightings.Select(each => (each.Account, each.Subject)).Distinct())
            session.Execute(SightingStatements.ForgetOfSubject, ("@account", account.Number), ("@subject", subject));
        foreach (var account in sightings.Select(each => each.Account).Distinct())
            session.Execute(SightingStatements.ForgetOfAccount, ("@account", account.Number));
        return sightings.Count;
    }

    public static List<Sighting> Find(SqliteSession session, SightingQuery query)
    {
        var (sql, values) = SightingStatements.Of(query);
        return session.All(sql, Rows.Sighting, values);
    }
}
