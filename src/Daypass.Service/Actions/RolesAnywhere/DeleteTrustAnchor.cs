using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Ends a trust anchor and its revocation lists: nobody gets a session by it any more. Sessions that there are go on until they end or are revoked.</summary>
internal sealed class DeleteTrustAnchor : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("DELETE", "/trustanchor/{trustAnchorId}");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "trustAnchorId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.TrustAnchors.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene)
    {
        var anchor = AnywhereKinds.TrustAnchors.Require(scene, request.Id);
        var changes = scene.Change().Delete(AnywhereKinds.TrustAnchors.Documents, anchor).DropGuard(CrlInput.GuardOf(anchor.Id));
        foreach (var crl in CrlInput.Of(scene, anchor.Id))
            changes.Delete(AnywhereKinds.Crls.Documents, crl);
        return new Outcome<AnywhereDetail>(TrustAnchorShape.Of(anchor, scene), changes);
    }

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.TrustAnchors.Shown(scene, request.Id)];
}
