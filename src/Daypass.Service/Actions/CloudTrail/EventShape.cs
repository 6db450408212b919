using System.Text;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>An event as LookupEvents returns it. ReadOnly is a text and the whole record one JSON string, as the model has it.</summary>
internal sealed record EventShape(AuditEvent Event) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("EventId", Event.EventId);
        writer.Text("EventName", Event.EventName);
        writer.Text("ReadOnly", Event.IsReadOnly ? "true" : "false");
        writer.Text("AccessKeyId", OrNull(Event.AccessKeyId));
        writer.Time("EventTime", Event.Time);
        writer.Text("EventSource", Event.EventSource);
        writer.Text("Username", OrNull(Event.Username));
        writer.List("Resources", Event.Resources.Select(resource => new ResourceShape(resource)));
        writer.Text("CloudTrailEvent", Encoding.UTF8.GetString(Event.Record.Span));
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private sealed record ResourceShape(AuditResource Resource) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("ResourceType", Resource.Type);
            writer.Text("ResourceName", Resource.Name);
        }
    }
}
