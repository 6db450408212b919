using System.Data.Common;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>Rows to records, the same for every engine.</summary>
internal static class Rows
{
    public static FeedPosition Position(DbDataReader row) => new(row.GetString(0), row.GetInt64(1));

    public static Document Document(DbDataReader row) =>
        new(new DocumentKey(row.GetString(0), row.GetString(1)), row.GetInt64(2), row.GetFieldValue<byte[]>(3));

    public static LastUsed LastUsed(DbDataReader row) =>
        new(row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2), row.GetString(3));

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

    /// <summary>Rows of (sequence, set, kind or null, name, body or null), in order, gathered into one change for each sequence.</summary>
    public static List<Change> Changes(DbDataReader rows, string epoch)
    {
        var changes = new List<Change>();
        List<Document> puts = [];
        List<DocumentKey> deletes = [];
        while (rows.Read())
        {
            var sequence = rows.GetInt64(0);
            if (changes.Count == 0 || changes[^1].Position.Sequence != sequence)
                changes.Add(new Change(new FeedPosition(epoch, sequence), new SetId(rows.GetString(1)), puts = [], deletes = []));
            if (rows.IsDBNull(2))
                continue;
            var key = new DocumentKey(rows.GetString(2), rows.GetString(3));
            if (rows.IsDBNull(4))
                deletes.Add(key);
            else
                puts.Add(new Document(key, sequence, rows.GetFieldValue<byte[]>(4)));
        }
        return changes;
    }
}
