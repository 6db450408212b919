using System.Reflection;
using System.Text.Json;
using Daypass.Server.Telemetry;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Keys;

namespace Daypass.Server.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it should be sent requests. <c>/health</c>: what an operator wants to see at
/// a glance, always with 200. Tells nothing about accounts. A node whose store is away is ready as long as it serves what it holds in memory.
/// </summary>
internal sealed class HealthEndpoint(DirectoryCache directories, AuditJournal journal, AuditShipper shipper, KeyKeeper keys, StoreMetrics store, ServerOptions options, TimeProvider time)
{
    private enum Phase
    {
        Starting,
        Serving,
        Stopping,
    }

    private volatile Phase _phase;

    public static string Version { get; } = typeof(HealthEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>From here on the node is ready, if nothing else stands in the way.</summary>
    public void BeginServing() => _phase = Phase.Serving;

    /// <summary>From here on it is not, though it answers: load balancers take it out.</summary>
    public void BeginStopping() => _phase = Phase.Stopping;

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.Value is not ("/health" or "/health/live" or "/health/ready"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var trouble = Trouble;
        if (context.Request.Path.Value == "/health/ready" && trouble is not null)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.BodyWriter.WriteAsync(Report(trouble ?? "ready"), context.RequestAborted);
    }

    private string? Trouble =>
        _phase == Phase.Starting ? "starting"
        : _phase == Phase.Stopping ? "stopping"
        : journal.IsClosed ? "the audit journal cannot be written: make room on the disk; it is tried again every second"
        : journal.Room.Left > Room.OnlyToManage ? "the disk or the audit journal is full: nothing is answered until there is room"
        : journal.Room.Left == Room.OnlyToManage ? "the disk or the audit journal is nearly full: nothing is issued until there is room"
        : !directories.View.Serves(time.GetTimestamp(), time.GetUtcNow()) ? "what this node knows is too old: the store has been away for too long, or the node cannot keep up"
        : keys.Trouble is not null ? "a key of this node cannot be used; its log says which, and why"
        : null;

    private byte[] Report(string status)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("status", status);
            json.WriteString("version", Version);
            WriteStore(json);
            json.WriteNumber("viewAgeSeconds", Seconds(directories.View.Age));
            json.WriteString("viewTime", (time.GetUtcNow() - directories.View.Age).UtcDateTime);
            json.WriteBoolean("movableClock", options.MovableClock);
            json.WriteNumber("clockOffsetSeconds", (long)directories.Installation.ClockOffset.TotalSeconds);
            json.WriteNumber("documentSetsInMemory", directories.Count);
            json.WriteNumber("auditBacklogEvents", shipper.Backlog);
            json.WriteNumber("auditBacklogBytes", journal.BacklogBytes);
            json.WriteNumber("auditBacklogAgeSeconds", Seconds(shipper.BacklogAge));
            json.WriteString("auditRoom", JsonNamingPolicy.CamelCase.ConvertName(journal.Room.Left.ToString()));
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private void WriteStore(Utf8JsonWriter json)
    {
        json.WriteStartObject("store");
        foreach (var state in (StoreState[])[store.Reading, store.Writing])
        {
            json.WriteString(state.Side, state.AwayFor is null ? "up" : "away");
            if (state.AwayFor is { } away)
                json.WriteNumber(state.Side + "AwaySeconds", Seconds(away));
        }
        json.WriteEndObject();
    }

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 3);
}
