using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Groups;

/// <summary>One group. Its members are in ListUsersForGroup.</summary>
internal sealed class GetGroup : ApiAction<GetGroup.Request, GetGroup.Response>
{
    internal sealed record Request(string GroupName);

    internal sealed record Response(GroupView Group) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Group", Group);
    }

    public override Request Read(Parameters wire) => new(UprojectKinds.Group.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(UprojectKinds.Group.Ask(scene, Name, request.GroupName));

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(new GroupView(UprojectKinds.Group.Require(scene, request.GroupName))));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.Group.Resource(scene, request.GroupName)];
}
