using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.AccessKeys;

/// <summary>An access key as answers show it; with the secret only in the answer that made it.</summary>
internal sealed record AccessKeyShape(AccessKey Key, string UserName, string? Secret = null) : IShape
{
    public const string Active = "Active";
    public const string Inactive = "Inactive";

    public void Write(ShapeWriter writer)
    {
        writer.Text("UserName", UserName);
        writer.Text("AccessKeyId", Key.Id);
        writer.Text("Status", Key.IsActive ? Active : Inactive);
        writer.Secret("SecretAccessKey", Secret);
        writer.Time("CreateDate", Key.Created);
    }
}
