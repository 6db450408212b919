using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>
/// The SQL of a search: the window from <c>low</c> (in) up to <c>high</c> (out), newest first. There is no index for each attribute,
/// as events arrive with every call and are searched by people: a search reads the narrow rows of its account in growing chunks. A page
/// looks at no more than a limit of events, however rare what is sought: it then ends early, perhaps empty, with a cursor to go on
/// from, as LookupEvents allows.
/// </summary>
internal sealed class AuditSearch
{
    public const int DefaultScanLimit = 200_000;

    private const string InWindow =
        "e.account = @account AND (e.time, e.id) >= (@low_time, @low_id) AND (e.time, e.id) < (@high_time, @high_id)";

    /// <summary>Finds the event that ends a chunk of @count events; no row when fewer are left.</summary>
    public const string SqlOfChunkEnd =
        $"SELECT e.time, e.id FROM audit_events AS e WHERE {InWindow} ORDER BY e.time DESC, e.id DESC LIMIT 1 OFFSET @count - 1";

    private readonly (string Name, object Value) _sought;

    public AuditSearch(AuditQuery query)
    {
        Account = query.Account;
        PageSize = Math.Clamp(query.PageSize, 1, 50);
        Low = query.From is { } from ? new AuditCursor(from.ToUnixTimeMilliseconds(), 0) : default;
        High = query.Until is { } until ? new AuditCursor(until.ToUnixTimeMilliseconds() + 1, 0) : new AuditCursor(long.MaxValue, 0);
        if (query.After is { } after && AuditCursor.Decode(after) is var cursor && cursor.CompareTo(High) < 0)
            High = cursor;
        NeedsScan = query.Attribute != AuditAttribute.None;
        (var filter, _sought) = Filter(query);
        Sql = $"""
            SELECT e.time, e.id, e.event_id, e.event_name, e.event_source, e.username, e.access_key_id, e.read_only, e.resources,
                (SELECT r.record FROM audit_records AS r WHERE r.id = e.id)
            FROM audit_events AS e WHERE {InWindow} AND {filter}
            ORDER BY e.time DESC, e.id DESC LIMIT @count
            """;
    }

    public AccountId Account { get; }

    public int PageSize { get; }

    public AuditCursor Low { get; }

    public AuditCursor High { get; }

    /// <summary>Whether events may have to be looked at that are not answered.</summary>
    public bool NeedsScan { get; }

    public string Sql { get; }

    public (string Name, object Value)[] Parameters(AuditCursor low, AuditCursor high, int count) =>
        [.. Window(low, high, count), _sought];

    public (string Name, object Value)[] Window(AuditCursor low, AuditCursor high, int count) =>
    [
        ("@account", Account.Number), ("@low_time", low.Time), ("@low_id", low.Id), ("@high_time", high.Time), ("@high_id", high.Id),
        ("@count", (long)count),
    ];

    private static (string Sql, (string, object) Sought) Filter(AuditQuery query) => Filter(query, StoredText.Of(query.Value));

    private static (string Sql, (string, object) Sought) Filter(AuditQuery query, string value) => query.Attribute switch
    {
        AuditAttribute.None => ("@value = ''", ("@value", "")),
        AuditAttribute.EventId => ("e.event_id = @value", ("@value", value)),
        AuditAttribute.EventName => ("e.event_name = @value", ("@value", value)),
        AuditAttribute.EventSource => ("e.event_source = @value", ("@value", value)),
        AuditAttribute.Username => ("e.username = @value", ("@value", value)),
        AuditAttribute.AccessKeyId => ("e.access_key_id = @value", ("@value", value)),
        AuditAttribute.ReadOnly => ("e.read_only = @value", ("@value", value switch { "true" => 1L, "false" => 0L, _ => -1L })),
        AuditAttribute.ResourceType => (Contains, ("@value", ResourceText.PieceOfType(value))),
        AuditAttribute.ResourceName => (Contains, ("@value", ResourceText.PieceOfName(value))),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query.Attribute, "Not an attribute."),
    };

    // Every engine has replace; each has another function, or another letter case, for "contains".
    private const string Contains = "replace(e.resources, @value, '') <> e.resources";
}
