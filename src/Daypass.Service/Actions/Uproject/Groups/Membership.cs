using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Groups;

/// <summary>A user and a group. The permission is on the group, whose policies are what is given away.</summary>
internal sealed record Membership(string GroupName, string UserName)
{
    public static Membership Read(Parameters wire) => new(UprojectKinds.Group.ReadName(wire), UprojectKinds.User.ReadName(wire));

    public Question Ask(Scene scene, string action) => Question.Of(UprojectKinds.Group.Ask(scene, action, GroupName));

    public (Group Group, User User) Require(Scene scene) => (UprojectKinds.Group.Require(scene, GroupName), UprojectKinds.User.Require(scene, UserName));

    public IEnumerable<AuditResource> Resources(Scene scene) => [UprojectKinds.Group.Resource(scene, GroupName), UprojectKinds.User.Resource(scene, UserName)];
}
