using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>The tags of a role.</summary>
internal sealed class ListRoleTags : ApiAction<ListRoleTags.Request, ListResponse>
{
    internal sealed record Request(string RoleName, Paging Paging);

    public override Request Read(Parameters wire) => new(HolderKinds.Role.ReadName(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Role.Ask(scene, Name, request.RoleName));

    public override Outcome<ListResponse> Run(Request request, Scene scene) =>
        new(ListResponse.OfTags(HolderKinds.Role.Require(scene, request.RoleName).Tags, request.Paging));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Role.Resource(scene, request.RoleName)];
}
