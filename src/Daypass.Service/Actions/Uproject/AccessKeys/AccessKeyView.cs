using Daypass.Service.Actions.Uproject.Users;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.AccessKeys;

/// <summary>An access key as this cloud's clients see it; with the secret only in the answer that made it.</summary>
internal sealed record AccessKeyView(AccessKey Key, string? Secret = null) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("AccessKeyID", Key.Id);
        writer.Secret("AccessKeySecret", Secret);
        writer.Number("UserId", UserView.NumberOf(Key.UserId));
        writer.Text("Description", Key.Description ?? "");
        writer.Text("Status", Key.IsActive ? "Active" : "Inactive");
        // A key never expires, and one that is deleted is not there to be shown: neither time exists.
        writer.Time("CreatedAt", Key.Created);
    }
}
