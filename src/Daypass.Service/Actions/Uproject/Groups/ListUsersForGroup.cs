using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Groups;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Actions.Uproject.Users;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Groups;

/// <summary>The members of a group, which AWS's GetGroup shows.</summary>
internal sealed class ListUsersForGroup : ApiAction<ListUsersForGroup.Request, CountedList>
{
    internal sealed record Request(string GroupName, OffsetPaging Paging);

    private sealed record Member(User User, Group Group, Scene Scene) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("UserName", User.Name);
            writer.Text("DisplayName", User.DisplayName ?? "");
            writer.Text("Email", UserView.EmailOf(User, Scene));
            writer.Time("JoinedAt", User.Joined is { } joined && joined.TryGetValue(Group.Id, out var since) ? since : null);
        }
    }

    public override Request Read(Parameters wire) => new(UprojectKinds.Group.ReadName(wire), OffsetPaging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(UprojectKinds.Group.Ask(scene, "GetGroup", request.GroupName));

    public override Outcome<CountedList> Run(Request request, Scene scene)
    {
        var group = UprojectKinds.Group.Require(scene, request.GroupName);
        var page = request.Paging.Of(Members.Of(group, scene)).Select(user => new Member(user, group, scene));
        return new Outcome<CountedList>(new CountedList("Users", [.. page], scene.Home.Documents.CountBy(DocumentIndexes.UsersByGroup, group.Id)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.Group.Resource(scene, request.GroupName)];
}
