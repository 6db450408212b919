using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>A managed policy as IAM's answers show it; lists leave out tags and description.</summary>
internal sealed record PolicyShape(ManagedPolicy Policy, string Arn, int Attachments, int Boundaries) : IShape
{
    public bool HasTags { get; init; } = true;

    public bool HasDescription { get; init; } = true;

    public void Write(ShapeWriter writer)
    {
        writer.Text("PolicyName", Policy.Name);
        writer.Text("PolicyId", Policy.Id);
        writer.Text("Arn", Arn);
        writer.Text("Path", Policy.Path);
        writer.Text("DefaultVersionId", Policy.DefaultVersion);
        writer.Number("AttachmentCount", Attachments);
        writer.Number("PermissionsBoundaryUsageCount", Boundaries);
        writer.Flag("IsAttachable", true);
        if (HasDescription)
            writer.Text("Description", Policy.Description);
        writer.Time("CreateDate", Policy.Created);
        writer.Time("UpdateDate", Policy.Updated);
        if (HasTags)
            writer.List("Tags", TagShape.ListOrNull(Policy.Tags));
    }
}
