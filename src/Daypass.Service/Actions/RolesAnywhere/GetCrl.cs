using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>One revocation list.</summary>
internal sealed class GetCrl : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("GET", "/crl/{crlId}");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "crlId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.Crls.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene) => new(CrlShape.Of(AnywhereKinds.Crls.Require(scene, request.Id), scene));

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.Crls.Shown(scene, request.Id)];
}
