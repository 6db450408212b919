using Daypass.Service.Stores;
using Daypass.Storage.Sql;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>
/// The certificates that came for sessions, in PostgreSQL. Merged all in one statement, in the order of their keys, and forgotten in a transaction of its
/// own, so that two nodes do not wait for each other in a circle.
/// </summary>
internal static class PostgresSightings
{
    private const string Merge =
        "INSERT INTO sightings (account, subject, certificate, first, seen, let_in, body) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7) " + SightingStatements.OnConflict;

    public static async ValueTask<int> MergeAsync(NpgsqlConnection connection, IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken)
    {
        var sorted = sightings.OrderBy(each => each.Account.Number).ThenBy(each => each.Subject, StringComparer.Ordinal).ThenBy(each => each.Certificate, StringComparer.Ordinal).ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(
            Merge,
            sorted.Select(each => each.Account.Number).ToArray(), sorted.Select(each => each.Subject).ToArray(), sorted.Select(each => each.Certificate).ToArray(),
            sorted.Select(each => each.First.ToUnixTimeMilliseconds()).ToArray(), sorted.Select(each => each.Seen.ToUnixTimeMilliseconds()).ToArray(),
            sorted.Select(SightingStatements.LetIn).ToArray(), sorted.Select(each => each.Body.ToArray()).ToArray());
        return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<int> ForgetAsync(NpgsqlConnection connection, IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (account, subject) in sightings.Select(each => (each.Account.Number, each.Subject)).Distinct().Order())
            batch.AddNamed(SightingStatements.ForgetOfSubject, ("@account", account), ("@subject", subject));
        foreach (var account in sightings.Select(each => each.Account.Number).Distinct().Order())
            batch.AddNamed(SightingStatements.ForgetOfAccount, ("@account", account));
        return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
