using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>A group as IAM's answers show it.</summary>
internal sealed record GroupShape(Group Group, AccountId Account) : IShape
{
    public static GroupShape Of(Group group, Scene scene) => new(group, scene.Home.Account);

    public void Write(ShapeWriter writer)
    {
        writer.Text("Path", Group.Path);
        writer.Text("GroupName", Group.Name);
        writer.Text("GroupId", Group.Id);
        writer.Text("Arn", Group.ArnIn(Account).ToString());
        writer.Time("CreateDate", Group.Created);
    }
}
