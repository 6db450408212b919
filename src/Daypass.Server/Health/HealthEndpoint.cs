using System.Reflection;
using System.Text.Json;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Keys;

namespace Daypass.Server.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve. <c>/health</c>: both, and what an operator wants to see
/// at a glance. Tells nothing about accounts.
/// </summary>
internal sealed class HealthEndpoint(DirectoryCache directories, AuditJournal journal, AuditShipper shipper, KeyKeeper keys, ServerOptions options)
{
    public static string Version { get; } = typeof(HealthEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

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
        await context.Response.BodyWriter.WriteAsync(Report(trouble ?? "ready"), context.RequestAborted);
    }

    private string? Trouble =>
        journal.IsClosed ? "the audit journal cannot be written; see to the disk, then restart the server"
        : shipper.Failure is not null ? "the store does not take audit events at the moment"
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
            json.WriteBoolean("movableClock", options.MovableClock);
            json.WriteNumber("clockOffsetSeconds", (long)directories.Installation.ClockOffset.TotalSeconds);
            json.WriteNumber("documentSetsInMemory", directories.Count);
            json.WriteNumber("auditBacklogBytes", journal.BacklogBytes);
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
