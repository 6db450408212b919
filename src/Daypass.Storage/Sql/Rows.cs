using System.Data.Common;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>Rows to records, the same for every engine.</summary>
internal static class Rows
{
    public static FeedPosition Position(DbDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetString(2));

    public static Document Document(DbDataReader row) =>
        new(new DocumentKey(row.GetString(0), row.GetString(1)), row.GetInt64(2), row.GetFieldValue<byte[]>(3));

    public static LastUsed LastUsed(DbDataReader row) =>
        new(row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2), row.GetString(3));

    public static NodeStatus Node(DbDataReader row) => new(
        new NodeReport(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4) is var shipped and not 0 ? Time(shipped) : null),
        Time(row.GetInt64(5)));

    public static Sighting Sighting(DbDataReader row) => new(
        AccountId.Of(row.GetInt64(0)), row.GetString(1), row.GetString(2), Time(row.GetInt64(3)), Time(row.GetInt64(4)), row.GetInt64(5) is var letIn and not 0 ? Time(letIn) : null,
        row.GetFieldValue<byte[]>(6));

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static (AuditCursor At, AuditEvent Event) AuditEvent(DbDataReader row, AccountId account)
    {
        var at = new AuditCursor(row.GetInt64(0), row.GetInt64(1));
        return (at, new AuditEvent
        {
            Account = account,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(at.Time),
            EventId = row.GetString(2),
            EventName = row.GetString(3),
            EventSource = row.GetString(4),
            Username = row.GetString(5),
            AccessKeyId = row.GetString(6),
            IsReadOnly = row.GetInt64(7) != 0,
            Resources = ResourceText.Decode(row.GetString(8)),
            Record = row.GetFieldValue<byte[]>(9),
        });
    }

    /// <summary>An event with all that it is found by, and without its record: ten columns from its account on.</summary>
    public static (long Id, AuditEvent Event) Indexed(DbDataReader row) => (row.GetInt64(2), new AuditEvent
    {
        Account = AccountId.Of(row.GetInt64(0)),
        Time = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
        EventId = row.GetString(3),
        EventName = row.GetString(4),
        EventSource = row.GetString(5),
        Username = row.GetString(6),
        AccessKeyId = row.GetString(7),
        IsReadOnly = row.GetInt64(8) != 0,
        Resources = ResourceText.Decode(row.GetString(9)),
        Record = default,
    });

    public static (AuditCursor Newest, byte[] Others) Posting(DbDataReader row) => (new AuditCursor(row.GetInt64(0), row.GetInt64(1)), row.GetFieldValue<byte[]>(2));
}
