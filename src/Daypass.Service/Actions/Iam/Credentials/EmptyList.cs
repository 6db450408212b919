using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Credentials;

/// <summary>
/// Lists of credentials of a user of which there can be none here: the answer is true, and clients ask before they delete a user.
/// </summary>
internal abstract class EmptyList(string member) : ApiAction<EmptyList.Request, ListResponse>
{
    internal sealed record Request(string? UserName, Paging Paging);

    public override Request Read(Parameters wire) => new(TargetUser.ReadName(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, TargetUser.NameOf(request.UserName, scene)));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        HolderKinds.User.Require(scene, TargetUser.NameOf(request.UserName, scene));
        return new Outcome<ListResponse>(ListResponse.Empty(member));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene))];
}
