using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Ends a revocation list: what it revoked is good again, unless another list says so.</summary>
internal sealed class DeleteCrl : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("DELETE", "/crl/{crlId}");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "crlId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.Crls.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene)
    {
        var crl = AnywhereKinds.Crls.Require(scene, request.Id);
        return new Outcome<AnywhereDetail>(CrlShape.Of(crl, scene), scene.Change().Delete(AnywhereKinds.Crls.Documents, crl));
    }

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.Crls.Shown(scene, request.Id)];
}
