using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.AccessKeys;

/// <summary>Turns a key off, with every session made with it, or on again.</summary>
internal sealed class UpdateAccessKey : ApiAction<UpdateAccessKey.Request, Nothing>
{
    internal sealed record Request(string? UserName, string KeyId, string Status);

    public override Request Read(Parameters wire) => new(
        TargetUser.ReadName(wire),
        wire.RequiredText("AccessKeyId", TextRules.AccessKeyId),
        wire.RequiredWord("Status", AccessKeyShape.Active, AccessKeyShape.Inactive));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, TargetUser.NameOf(request.UserName, scene)));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var key = OwnedKey.Require(TargetUser.NameOf(request.UserName, scene), request.KeyId, scene);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.AccessKey, key with { IsActive = request.Status == AccessKeyShape.Active }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene))];
}
