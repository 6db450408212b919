using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>What every engine says of sightings.</summary>
internal static class SightingStatements
{
    /// <summary>Behind the rows to be merged.</summary>
    public const string OnConflict = """
        ON CONFLICT (account, subject, certificate) DO UPDATE SET
            first = CASE WHEN excluded.first < sightings.first THEN excluded.first ELSE sightings.first END,
            seen = CASE WHEN excluded.seen > sightings.seen THEN excluded.seen ELSE sightings.seen END,
            let_in = CASE WHEN excluded.let_in > sightings.let_in THEN excluded.let_in ELSE sightings.let_in END,
            body = CASE WHEN excluded.seen > sightings.seen THEN excluded.body ELSE sightings.body END
        """;

    public const string Merge =
        "INSERT INTO sightings (account, subject, certificate, first, seen, let_in, body) VALUES (@account, @subject, @certificate, @first, @seen, @let_in, @body) " + OnConflict;

    public static readonly string ForgetOfSubject = $"""
        DELETE FROM sightings WHERE account = @account AND subject = @subject AND certificate IN
            (SELECT certificate FROM sightings WHERE account = @account AND subject = @subject {TooMany(Sighting.MostOfSubject)})
        """;

    // Counted first, for almost always there are few, and then nothing is sorted.
    public static readonly string ForgetOfAccount = $"""
        DELETE FROM sightings WHERE account = @account AND (SELECT count(*) FROM sightings WHERE account = @account) > {Sighting.MostOfAccount} AND (subject, certificate) IN
            (SELECT subject, certificate FROM sightings WHERE account = @account {TooMany(Sighting.MostOfAccount)})
        """;

    private const string Columns = "SELECT account, subject, certificate, first, seen, let_in, body FROM sightings ";
    private const string OfSubject = Columns + "WHERE account = @account AND subject = @subject ORDER BY subject, certificate";
    private const string Page = Columns + """
        WHERE account = @account AND subject IN (SELECT DISTINCT subject FROM sightings WHERE account = @account AND subject > @after ORDER BY subject LIMIT @most)
        ORDER BY subject, certificate
        """;

    public static (string Sql, (string Name, object Value)[] Values) Of(SightingQuery query) => query.Subject is { } subject
        ? (OfSubject, [("@account", query.Account.Number), ("@subject", StoredText.Of(subject))])
        : (Page, [("@account", query.Account.Number), ("@after", StoredText.Of(query.After)), ("@most", (long)query.Most)]);

    public static (string Name, object Value)[] Values(Sighting sighting) =>
    [
        ("@account", sighting.Account.Number), ("@subject", sighting.Subject), ("@certificate", sighting.Certificate), ("@first", sighting.First.ToUnixTimeMilliseconds()),
        ("@seen", sighting.Seen.ToUnixTimeMilliseconds()), ("@let_in", LetIn(sighting)), ("@body", sighting.Body.ToArray()),
    ];

    public static long LetIn(Sighting sighting) => sighting.LetIn?.ToUnixTimeMilliseconds() ?? 0;

    // Whoever never got in goes first, so that nobody is forgotten for those who only try.
    private static string TooMany(int most) => $"ORDER BY CASE WHEN let_in > 0 THEN 0 ELSE 1 END, seen DESC, subject, certificate LIMIT 2147483647 OFFSET {most}";
}
