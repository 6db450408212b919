using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>The tags of a user.</summary>
internal sealed class ListUserTags : ApiAction<ListUserTags.Request, ListResponse>
{
    internal sealed record Request(string UserName, Paging Paging);

    public override Request Read(Parameters wire) => new(HolderKinds.User.ReadName(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, request.UserName));

    public override Outcome<ListResponse> Run(Request request, Scene scene) => new(ListResponse.OfTags(HolderKinds.User.Require(scene, request.UserName).Tags, request.Paging));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, request.UserName)];
}
