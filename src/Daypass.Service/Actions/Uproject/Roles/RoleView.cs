using Daypass.Service.Actions.Iam.Roles;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Roles;

/// <summary>A role as this cloud's clients see it: whole, or as lists have it.</summary>
internal sealed record RoleView(Role Role, Scene Scene, bool IsListed = false) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("RoleName", UprojectKinds.NameOf(Role));
        writer.Text("RoleURN", Scene.UrnOf(Role.ArnIn(Scene.Home.Account)));
        writer.Text("Description", Role.Description ?? "");
        if (IsListed)
        {
            writer.Flag("IsEditable", true);
        }
        else
        {
            writer.Document("RolePolicyDocument", TrustView.Of(Role.Trust, Scene));
            writer.Number("MaxSessionDuration", Role.MaxSessionDuration);
            writer.Time("UpdatedAt", Role.Updated ?? Role.Created);
        }
        writer.Time("CreatedAt", Role.Created);
    }
}

/// <summary>An answer that is one role.</summary>
internal sealed record RoleAnswer(RoleView Role) : IShape
{
    public void Write(ShapeWriter writer) => writer.Structure("Role", Role);
}
