using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Groups;

/// <summary>A group as this cloud's clients see it.</summary>
internal sealed record GroupView(Group Group) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("GroupName", Group.Name);
        writer.Text("Description", Group.Description ?? "");
        writer.Time("CreatedAt", Group.Created);
    }
}
