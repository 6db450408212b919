using System.Globalization;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>A version of a managed policy; only GetPolicyVersion shows the document.</summary>
internal sealed record PolicyVersionShape(PolicyVersion Version, bool IsDefault, bool HasDocument = false) : IShape
{
    /// <summary>Sorts the newest version first.</summary>
    public static string KeyOf(PolicyVersion version) =>
        (int.MaxValue - int.Parse(version.Id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture)).ToString("D10", CultureInfo.InvariantCulture);

    public void Write(ShapeWriter writer)
    {
        if (HasDocument)
            writer.Document("Document", Version.Document);
        writer.Text("VersionId", Version.Id);
        writer.Flag("IsDefaultVersion", IsDefault);
        writer.Time("CreateDate", Version.Created);
    }
}
