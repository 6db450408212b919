using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>The groups that a user is in.</summary>
internal sealed class ListGroupsForUser : ApiAction<ListGroupsForUser.Request, ListResponse>
{
    internal sealed record Request(string UserName, Paging Paging);

    public override Request Read(Parameters wire) => new(HolderKinds.User.ReadName(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, request.UserName));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        var groups = Members.GroupsOf(HolderKinds.User.Require(scene, request.UserName), scene);
        var page = request.Paging.Of(groups, group => DocumentKinds.Fold(group.Name));
        return new Outcome<ListResponse>(ListResponse.Of("Groups", page, group => GroupShape.Of(group, scene)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, request.UserName)];
}
