using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>
/// Refusals before a caller is proven are counted by source, code and reason and written as one event a minute each, at most <see cref="MaxRows"/>,
/// and <see cref="RowsOfDay"/> a day with one a minute beyond: a stranger can fill neither disk nor trail. Called by: the pipeline (count) and a
/// job (flush).
/// </summary>
internal sealed class RefusalSummary
{
    /// <summary>How many (source, action, code, reason) rows a minute may have; what is beyond them is one row "others".</summary>
    public const int MaxRows = 256;

    /// <summary>How many rows may be written in a day, saved up over a day at most. What goes beyond is one row a minute.</summary>
    public const int RowsOfDay = 4_096;

    private static readonly Row Others = new("others", "daypass", "others", "others", null, null);

    private ConcurrentDictionary<Row, int> _rows = new();
    private double _budget = RowsOfDay;
    private DateTimeOffset? _taken;

    private readonly record struct Row(string Source, string EventSource, string EventName, string Code, string? Dialect, string? Reason);

    public void Count(ApiRequest request, ApiError error)
    {
        var rows = Volatile.Read(ref _rows);
        var row = new Row(request.SourceIp.ToString(), request.Action.Service.EventSource, request.Action.Name, request.Action.Service.CodeOf(error), request.Action.Service.Dialect, error.TrailReason);
        if (!rows.ContainsKey(row) && rows.Count >= MaxRows)
            row = Others;
        rows.AddOrUpdate(row, 1, static (_, count) => count == int.MaxValue ? count : count + 1);
    }

    /// <summary>Takes what was counted since the last time, as events of the account that this installation began with.</summary>
    public IReadOnlyList<AuditEvent> Take(AccountId account, DateTimeOffset now, IEntropy entropy)
    {
        var rows = Interlocked.Exchange(ref _rows, new ConcurrentDictionary<Row, int>());
        return [.. WithinBudget(rows, now).Select(row => Event(row.Key, row.Value, account, now, entropy))];
    }

    // The largest by name, as long as the day's rows last; the rest in one.
    private IEnumerable<KeyValuePair<Row, int>> WithinBudget(ConcurrentDictionary<Row, int> rows, DateTimeOffset now)
    {
        _budget = Math.Min(RowsOfDay, _budget + (RowsOfDay * Math.Max(0, (now - (_taken ?? now)).TotalDays)));
        _taken = now;
        var byName = Math.Min((int)_budget, rows.Count);
        _budget -= byName;
        var largest = rows.OrderByDescending(row => row.Value).ToList();
        return byName == rows.Count
            ? largest
            : largest.Take(byName).Append(new(Others, largest.Skip(byName).Aggregate(0, (sum, row) => (int)Math.Min(int.MaxValue, (long)sum + row.Value))));
    }

    private static AuditEvent Event(Row row, int count, AccountId account, DateTimeOffset now, IEntropy entropy)
    {
        var id = EventIds.Make(now, entropy);
        using var record = new MemoryStream();
        using (var json = new Utf8JsonWriter(record))
        {
            json.WriteStartObject();
            json.WriteString("eventVersion", AuditRecords.Version);
            json.WriteStartObject("userIdentity");
            json.WriteString("type", "Unknown");
            json.WriteEndObject();
            json.WriteString("eventTime", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("eventSource", row.EventSource);
            json.WriteString("eventName", row.EventName);
            json.WriteString("awsRegion", Regions.Default);
            json.WriteString("sourceIPAddress", row.Source);
            json.WriteString("errorCode", row.Code);
            if (row.Dialect is not null)
            {
                json.WriteStartObject("additionalEventData");
                json.WriteString("dialect", row.Dialect);
                json.WriteEndObject();
            }
            json.WriteStartObject("serviceEventDetails");
            json.WriteNumber("refusedRequests", count);
            if (row.Reason is { } reason)
                json.WriteString("reason", reason);
            json.WriteEndObject();
            json.WriteString("eventID", id);
            json.WriteBoolean("readOnly", true);
            json.WriteString("eventType", "AwsServiceEvent");
            json.WriteBoolean("managementEvent", true);
            json.WriteString("recipientAccountId", account.ToString());
            json.WriteString("eventCategory", "Management");
            json.WriteEndObject();
        }
        return new AuditEvent
        {
            EventId = id, Account = account, Time = now, EventName = row.EventName, EventSource = row.EventSource, IsReadOnly = true, Record = record.ToArray(),
        };
    }
}
