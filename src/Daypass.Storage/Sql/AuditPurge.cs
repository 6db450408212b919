using System.Data.Common;
using Daypass.Names;
using Daypass.Service.Audit;

namespace Daypass.Storage.Sql;

/// <summary>
/// What removes events, the same for every engine: the oldest of an account, a few at a time, with their records and with the rows of the index
/// whose newest event is among them. A row with a newer event stays until that one goes. Only what a digest seals is removed: what was in
/// the trail can be said afterwards, too.
/// </summary>
internal sealed class AuditPurge(AccountId account)
{
    /// <summary>The accounts that have a sealed event before a time. It looks at few events of each account.</summary>
    public const string SqlOfAccounts = """
        WITH RECURSIVE a (account) AS (
            SELECT min(account) FROM audit_events
            UNION ALL
            SELECT (SELECT min(e.account) FROM audit_events AS e WHERE e.account > a.account) FROM a WHERE a.account IS NOT NULL)
        SELECT a.account FROM a
        WHERE a.account IS NOT NULL AND EXISTS (
            SELECT 1 FROM audit_events AS e WHERE e.account = a.account AND e.time < @before
                AND e.id <= (SELECT d.until FROM audit_digests AS d WHERE d.account = a.account ORDER BY d.number DESC LIMIT 1))
        ORDER BY a.account
        """;

    /// <summary>The oldest events of an account before a time.</summary>
    public const string SqlOfOldest = """
        SELECT e.account, e.time, e.id, e.event_id, e.event_name, e.event_source, e.username, e.access_key_id, e.read_only, e.resources FROM audit_events AS e
        WHERE e.account = @account AND e.time < @before
            AND e.id <= (SELECT d.until FROM audit_digests AS d WHERE d.account = @account ORDER BY d.number DESC LIMIT 1)
        ORDER BY e.time, e.id LIMIT @count
        """;

    private readonly HashSet<(AuditAttribute, string)> _terms = [];

    public List<AuditCursor> Events { get; } = [];

    public AuditCursor Newest => Events[^1];

    /// <summary>What the events are found by.</summary>
    public long[] Terms => [.. _terms.Select(term => AuditTerm.Of(term.Item1, term.Item2)).Order()];

    public (string Name, object Value)[] Oldest(DateTimeOffset before, int most) =>
        [("@account", account.Number), ("@before", before.ToUnixTimeMilliseconds()), ("@count", (long)most)];

    /// <summary>Takes one row of <see cref="SqlOfOldest"/>.</summary>
    public bool Add(DbDataReader row)
    {
        var (id, e) = Rows.Indexed(row);
        Events.Add(new AuditCursor(e.Time.ToUnixTimeMilliseconds(), id));
        _terms.UnionWith(AuditTerm.AllOf(e));
        return true;
    }
}
