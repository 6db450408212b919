using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.AccessKeys;

/// <summary>Turns a key off, with every session made with it, or on again; or says what it is for.</summary>
internal sealed class UpdateAccessKey : ApiAction<UpdateAccessKey.Request, Nothing>
{
    internal sealed record Request(string KeyId, bool? IsActive, string? Description);

    public override Request Read(Parameters wire) => new(KeyTarget.Read(wire), UprojectRules.ReadActive(wire, "Status"), wire.Text("Description", UprojectRules.Description));

    public override Question Ask(Request request, Scene scene) => Question.Of(KeyTarget.Ask(scene, Name, request.KeyId));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var key = KeyTarget.Require(scene, request.KeyId);
        var updated = key with { IsActive = request.IsActive ?? key.IsActive, Description = request.Description ?? key.Description };
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.AccessKey, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => KeyTarget.Resources(scene, request.KeyId);
}
