using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.AccessKeys;

/// <summary>The keys of a user, without their secrets.</summary>
internal sealed class ListAccessKeys : ApiAction<ListAccessKeys.Request, ListResponse>
{
    internal sealed record Request(string? UserName, Paging Paging);

    public override Request Read(Parameters wire) => new(TargetUser.ReadName(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, TargetUser.NameOf(request.UserName, scene)));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        var user = HolderKinds.User.Require(scene, TargetUser.NameOf(request.UserName, scene));
        var page = request.Paging.Of(scene.Home.AccessKeysOf(user), key => key.Id);
        return new Outcome<ListResponse>(ListResponse.Of("AccessKeyMetadata", page, key => new AccessKeyShape(key, user.Name)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene))];
}
