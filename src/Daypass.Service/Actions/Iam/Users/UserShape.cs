using Daypass.Names;
using Daypass.Service.Actions.Iam.Boundaries;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>A user as IAM's answers show it. Lists leave out tags and boundary.</summary>
internal sealed record UserShape(User User, AccountId Account, bool IsListed) : IShape
{
    public static UserShape Full(User user, Scene scene) => new(user, scene.Home.Account, IsListed: false);

    public static UserShape Listed(User user, Scene scene) => new(user, scene.Home.Account, IsListed: true);

    public void Write(ShapeWriter writer)
    {
        writer.Text("Path", User.Path);
        writer.Text("UserName", User.Name);
        writer.Text("UserId", User.Id);
        writer.Text("Arn", User.ArnIn(Account).ToString());
        writer.Time("CreateDate", User.Created);
        if (IsListed)
            return;
        writer.Structure("PermissionsBoundary", BoundaryShape.OrNull(User.Boundary));
        writer.List("Tags", TagShape.ListOrNull(User.Tags));
    }
}
