using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.AccessKeys;

/// <summary>Ends a key, with every session made with it.</summary>
internal sealed class DeleteAccessKey : ApiAction<DeleteAccessKey.Request, Nothing>
{
    internal sealed record Request(string KeyId);

    public override Request Read(Parameters wire) => new(KeyTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(KeyTarget.Ask(scene, Name, request.KeyId));

    public override Outcome<Nothing> Run(Request request, Scene scene) =>
        new(Nothing.Instance, scene.Change().Delete(DocumentKinds.AccessKey, KeyTarget.Require(scene, request.KeyId)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => KeyTarget.Resources(scene, request.KeyId);
}
