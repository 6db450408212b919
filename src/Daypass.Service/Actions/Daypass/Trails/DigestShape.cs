using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Trails;

namespace Daypass.Service.Actions.Daypass.Trails;

/// <summary>A digest in responses; with its content where it is asked for alone.</summary>
internal sealed record DigestShape(StoredDigest Digest, bool HasContent = false) : IShape
{
    public void Write(ShapeWriter writer)
    {
        var read = DigestFile.Read(Digest.Content);
        writer.Number("Number", Digest.Number);
        writer.Text("Key", read?.Key);
        writer.Time("StartTime", read?.Start);
        writer.Time("EndTime", Digest.End);
        writer.Number("LogFiles", read?.LogFiles.Count ?? 0);
        writer.Text("Signature", Digest.Signature);
        if (HasContent)
            writer.Text("Content", Convert.ToBase64String(Digest.Content.Span));
    }
}
