using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.Daypass.Nodes;

/// <summary>A node in responses: who it is, how far behind, and whether it lives.</summary>
internal sealed record NodeShape(NodeStatus Status, NodesSeen Seen) : IShape
{
    public void Write(ShapeWriter writer)
    {
        var report = Status.Report;
        writer.Text("NodeId", report.Node);
        writer.Text("Name", report.Name);
        writer.Text("Version", report.Version);
        writer.Text("State", Status.IsLive(Seen.List.Now) ? "Live" : "Missing");
        writer.Time("LastReportTime", Status.Reported);
        writer.Number("AppliedSequence", report.Applied);
        writer.Number("ChangesBehind", Math.Max(0, Seen.Head - report.Applied));
        writer.Time("ShippedUntilTime", report.ShippedUntil);
    }
}
