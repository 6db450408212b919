using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Stops new sessions by a trust anchor.</summary>
internal sealed class DisableTrustAnchor : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("POST", "/trustanchor/{trustAnchorId}/disable");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "trustAnchorId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.TrustAnchors.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene)
    {
        var trustAnchor = AnywhereKinds.TrustAnchors.Require(scene, request.Id) with { IsEnabled = false, Updated = scene.NowInSeconds };
        return new Outcome<AnywhereDetail>(TrustAnchorShape.Of(trustAnchor, scene), AnywhereKinds.TrustAnchors.Put(scene, trustAnchor));
    }

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.TrustAnchors.Shown(scene, request.Id)];
}
