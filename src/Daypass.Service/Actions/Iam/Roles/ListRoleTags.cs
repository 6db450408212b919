using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>The tags of a role.</summary>
internal sealed class ListRoleTags : ApiAction<ListRoleTags.Request, ListRoleTags.Response>
{
    internal sealed record Request(string RoleName, Paging Paging);

    internal sealed record Response(Page<Tag> Page) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("Tags", Page.Items.Select(tag => new TagShape(tag)));
            Page.Write(writer);
        }
    }

    public override Request Read(Parameters wire) => new(HolderKinds.Role.ReadName(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Role.Ask(scene, Name, request.RoleName));

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response(request.Paging.Of(HolderKinds.Role.Require(scene, request.RoleName).Tags, tag => tag.Key)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Role.Resource(scene, request.RoleName)];
}
