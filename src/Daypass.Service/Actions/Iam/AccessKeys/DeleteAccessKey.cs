using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.AccessKeys;

/// <summary>Ends a key, with every session made with it.</summary>
internal sealed class DeleteAccessKey : ApiAction<DeleteAccessKey.Request, Nothing>
{
    internal sealed record Request(string? UserName, string KeyId);

    public override Request Read(Parameters wire) => new(TargetUser.ReadName(wire), wire.RequiredText("AccessKeyId", TextRules.AccessKeyId));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, TargetUser.NameOf(request.UserName, scene)));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var key = OwnedKey.Require(TargetUser.NameOf(request.UserName, scene), request.KeyId, scene);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Delete(DocumentKinds.AccessKey, key));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene))];
}
