using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>One trust anchor, with its certificates.</summary>
internal sealed class GetTrustAnchor : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("GET", "/trustanchor/{trustAnchorId}");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "trustAnchorId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.TrustAnchors.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene) => new(TrustAnchorShape.Of(AnywhereKinds.TrustAnchors.Require(scene, request.Id), scene));

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.TrustAnchors.Shown(scene, request.Id)];
}
