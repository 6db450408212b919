using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Credentials;

/// <summary>Actions on a user's console password, which does not exist: who may ask is told so.</summary>
internal abstract class NoLoginProfile : ApiAction<NoLoginProfile.Request, Nothing>
{
    internal sealed record Request(string? UserName);

    public override Request Read(Parameters wire) => new(TargetUser.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, TargetUser.NameOf(request.UserName, scene)));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var user = HolderKinds.User.Require(scene, TargetUser.NameOf(request.UserName, scene));
        throw Errors.NoSuchEntity($"Login Profile for User {user.Name} cannot be found.");
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene))];
}
