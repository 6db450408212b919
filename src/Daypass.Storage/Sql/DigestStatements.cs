using System.Data.Common;
using Daypass.Names;
using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>The statements on digests that every engine understands, and how their rows are read.</summary>
internal static class DigestStatements
{
    private const string Columns = "account, number, time, until, signature, content";

    /// <summary>
    /// Goes from account to account by the index, one look-up for each, however many events there are; and at each looks whether its newest event
    /// is behind its newest digest.
    /// </summary>
    public const string Unsealed = """
        WITH RECURSIVE accounts (account) AS (
            SELECT min(account) FROM audit_events WHERE account > @after
            UNION ALL
            SELECT (SELECT min(e.account) FROM audit_events AS e WHERE e.account > a.account) FROM accounts AS a WHERE a.account IS NOT NULL
        )
        SELECT a.account FROM accounts AS a
        WHERE a.account IS NOT NULL AND EXISTS (
            SELECT 1 FROM audit_events AS e WHERE e.account = a.account
                AND e.id > COALESCE((SELECT d.until FROM audit_digests AS d WHERE d.account = a.account ORDER BY d.number DESC LIMIT 1), @least))
        LIMIT @count
        """;

    public const string Events = """
        SELECT e.id, e.time, r.record FROM audit_events AS e JOIN audit_records AS r ON r.id = e.id
        WHERE e.account = @account AND e.id > @after AND e.id <= @until ORDER BY e.id LIMIT @count
        """;

    public const string Newest = $"SELECT {Columns} FROM audit_digests WHERE account = @account ORDER BY number DESC LIMIT 1";
    public const string After = $"SELECT {Columns} FROM audit_digests WHERE account = @account AND number > @after ORDER BY number LIMIT @count";

    public const string Add = $"""
        INSERT INTO audit_digests ({Columns}) VALUES (@account, @number, @time, @until, @signature, @content) ON CONFLICT DO NOTHING
        """;

    public const string Purge = """
        DELETE FROM audit_digests WHERE time < @before
            AND EXISTS (SELECT 1 FROM audit_digests AS n WHERE n.account = audit_digests.account AND n.number = audit_digests.number + 1 AND n.time < @before)
        """;

    public static (string Name, object Value)[] Unseal(AccountId after, int count) =>
        [("@after", after.Number), ("@least", long.MinValue), ("@count", (long)count)];

    public static (string Name, object Value)[] Read(AccountId account, long after, long until, int count) =>
        [("@account", account.Number), ("@after", after), ("@until", until), ("@count", (long)count)];

    public static (string Name, object Value)[] List(AccountId account, long after, int count) =>
        [("@account", account.Number), ("@after", after), ("@count", (long)count)];

    public static (string Name, object Value)[] ValuesOf(StoredDigest digest) =>
    [
        ("@account", digest.Account.Number), ("@number", digest.Number), ("@time", digest.End.ToUnixTimeMilliseconds()), ("@until", digest.Until),
        ("@signature", digest.Signature), ("@content", StoredBytes.Of(digest.Content)),
    ];

    public static AccountId Account(DbDataReader row) => AccountId.Of(row.GetInt64(0));

    public static OrderedEvent Event(DbDataReader row) => new(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetFieldValue<byte[]>(2));

    public static StoredDigest Digest(DbDataReader row) => new()
    {
        Account = AccountId.Of(row.GetInt64(0)),
        Number = row.GetInt64(1),
        End = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        Until = row.GetInt64(3),
        Signature = row.GetString(4),
        Content = row.GetFieldValue<byte[]>(5),
    };
}
