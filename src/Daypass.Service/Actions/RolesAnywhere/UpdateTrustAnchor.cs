using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Changes a trust anchor's name or certificates. New sessions know the new ones only.</summary>
internal sealed class UpdateTrustAnchor : ApiAction<UpdateTrustAnchor.Request, AnywhereDetail>
{
    internal sealed record Request(string Id, string? Name, string? Bundle);

    public override RestRoute Route { get; } = new("PATCH", "/trustanchor/{trustAnchorId}");

    public override Request Read(Parameters wire) => new(
        AnywhereInput.Id(wire, "trustAnchorId"), AnywhereInput.OptionalName(wire), TrustAnchorInput.Source(wire, isRequired: false));

    public override Question Ask(Request request, Scene scene) => AnywhereKinds.TrustAnchors.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(Request request, Scene scene)
    {
        var anchor = AnywhereKinds.TrustAnchors.Require(scene, request.Id);
        var updated = anchor with { Name = request.Name ?? anchor.Name, Updated = scene.NowInSeconds };
        if (request.Bundle is not null)
            updated = updated with { Bundle = request.Bundle, Certificates = TrustAnchorInput.Parse(request.Bundle, scene) };
        return new Outcome<AnywhereDetail>(TrustAnchorShape.Of(updated, scene), AnywhereKinds.TrustAnchors.Put(scene, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [AnywhereKinds.TrustAnchors.Shown(scene, request.Id)];
}
