using Daypass.Service.Actions.Iam.Users;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>A group and one page of its members.</summary>
internal sealed class GetGroup : ApiAction<GetGroup.Request, GetGroup.Response>
{
    internal sealed record Request(string GroupName, Paging Paging);

    internal sealed record Response(GroupShape Group, ListResponse Users) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Structure("Group", Group);
            Users.Write(writer);
        }
    }

    public override Request Read(Parameters wire) => new(HolderKinds.Group.ReadName(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Group.Ask(scene, Name, request.GroupName));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var group = HolderKinds.Group.Require(scene, request.GroupName);
        var page = request.Paging.InOrder(after => Members.Of(group, scene, after), user => DocumentKinds.Fold(user.Name));
        return new Outcome<Response>(new Response(GroupShape.Of(group, scene), ListResponse.Of("Users", page, user => UserShape.Listed(user, scene))));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Group.Resource(scene, request.GroupName)];
}
