using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>
/// The SQL of a search, in the window from <c>low</c> (in) up to <c>high</c> (out), newest first. Without an attribute it is a range of the
/// events themselves, which are kept by account and time. With one it is a range of the index (audit_terms), and then each event by its key:
/// what is read is what is answered and little more, however large the trail and however rare what is sought.
/// </summary>
internal sealed class AuditSearch
{
    private const string Columns = """
        SELECT e.time, e.id, e.event_id, e.event_name, e.event_source, e.username, e.access_key_id, e.read_only, e.resources,
            (SELECT r.record FROM audit_records AS r WHERE r.id = e.id)
        FROM
        """;

    /// <summary>All events of a window.</summary>
    public const string SqlOfWindow = $"""
        {Columns} audit_events AS e
        WHERE e.account = @account AND e.time >= @low_time AND (e.time, e.id) < (@high_time, @high_id)
        ORDER BY e.time DESC, e.id DESC LIMIT @count
        """;

    /// <summary>The event of an id that says its time.</summary>
    public const string SqlOfId = $"{Columns} audit_events AS e WHERE e.account = @account AND e.time = @time AND e.event_id = @value";

    /// <summary>Rows of the index whose newest event is in the window, in order.</summary>
    public const string SqlOfPostings = """
        SELECT t.time, t.id, t.events FROM audit_terms AS t
        WHERE t.account = @account AND t.term = @term AND t.time >= @low_time AND (t.time, t.id) < (@high_time, @high_id)
        ORDER BY t.time DESC, t.id DESC LIMIT @count
        """;

    /// <summary>One event by its key.</summary>
    public const string SqlOfEvent = $"{Columns} audit_events AS e WHERE e.account = @account AND e.time = @time AND e.id = @id";

    /// <summary>Events by their keys, for engines that have arrays.</summary>
    public const string SqlOfEvents = $"""
        {Columns} unnest(@times, @ids) AS w (time, id) JOIN audit_events AS e ON e.account = @account AND e.time = w.time AND e.id = w.id
        """;

    private readonly AuditQuery _query;
    private readonly string _value;

    public AuditSearch(AuditQuery query)
    {
        (_query, _value) = (query, StoredText.Of(query.Value));
        PageSize = Math.Clamp(query.PageSize, 1, 50);
        Low = query.From is { } from ? new AuditCursor(from.ToUnixTimeMilliseconds(), 0) : new AuditCursor(long.MinValue, 0);
        High = query.Until is { } until ? new AuditCursor(until.ToUnixTimeMilliseconds() + 1, 0) : new AuditCursor(long.MaxValue, 0);
        if (query.After is { } after && AuditCursor.Decode(after) is var cursor && cursor.CompareTo(High) < 0)
            High = cursor;
        Term = HasAttribute ? AuditTerm.Of(query.Attribute, query.Value) : 0;
    }

    public AccountId Account => _query.Account;

    public int PageSize { get; }

    public AuditCursor Low { get; }

    public AuditCursor High { get; }

    public bool HasAttribute => _query.Attribute != AuditAttribute.None;

    public long Term { get; }

    public (string Name, object Value)[] Window =>
        [("@account", Account.Number), ("@low_time", Low.Time), ("@high_time", High.Time), ("@high_id", High.Id), ("@count", PageSize + 1L)];

    /// <summary>The parameters of <see cref="SqlOfId"/>; null when what is sought is no such id, or is of a time outside the window.</summary>
    public (string Name, object Value)[]? ById =>
        _query.Attribute == AuditAttribute.EventId && EventIds.TimeOf(_query.Value) is { } time && time >= Low.Time && time <= High.Time
            ? [("@account", Account.Number), ("@time", time), ("@value", _value)]
            : null;

    public (string Name, object Value)[] Postings(AuditCursor high, int count) =>
        [("@account", Account.Number), ("@term", Term), ("@low_time", Low.Time), ("@high_time", high.Time), ("@high_id", high.Id), ("@count", (long)count)];

    public (string Name, object Value)[] Event(AuditCursor at) => [("@account", Account.Number), ("@time", at.Time), ("@id", at.Id)];

    public (string Name, object Value)[] Events(IReadOnlyList<AuditCursor> all) =>
        [("@account", Account.Number), ("@times", all.Select(at => at.Time).ToArray()), ("@ids", all.Select(at => at.Id).ToArray())];

    /// <summary>The page of a window, of which one event more was read.</summary>
    public AuditPage PageOf(List<(AuditCursor At, AuditEvent Event)> found) => new(
        [.. found.Take(PageSize).Select(one => one.Event)], found.Count > PageSize ? found[PageSize - 1].At.Encode() : null);

    /// <summary>The page of an id; null when there is none in the window, and the index may know another of that name.</summary>
    public AuditPage? PageOfOne(List<(AuditCursor At, AuditEvent Event)> found) =>
        found.Find(one => one.At.CompareTo(Low) >= 0 && one.At.CompareTo(High) < 0) is { Event: { } sought } ? new AuditPage([sought], null) : null;

    public bool IsSought(AuditEvent e) => AuditTerm.IsOf(e, _query.Attribute, _value);
}
