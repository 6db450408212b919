using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Lets a trust anchor vouch for workloads, again.</summary>
internal sealed class EnableTrustAnchor : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("POST", "/trustanchor/{trustAnchorId}/enable");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "trustAnchorId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.TrustAnchors.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene)
    {
        var trustAnchor = AnywhereKinds.TrustAnchors.Require(scene, request.Id) with { IsEnabled = true, Updated = scene.NowInSeconds };
        return new Outcome<AnywhereDetail>(TrustAnchorShape.Of(trustAnchor, scene), AnywhereKinds.TrustAnchors.Put(scene, trustAnchor));
    }

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.TrustAnchors.Shown(scene, request.Id)];
}
