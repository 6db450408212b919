using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Puts a newer list in the place of one, or gives it another name.</summary>
internal sealed class UpdateCrl : ApiAction<UpdateCrl.Request, AnywhereDetail>
{
    internal sealed record Request(string Id, string? Name, string? Data);

    public override RestRoute Route { get; } = new("PATCH", "/crl/{crlId}");

    public override Request Read(Parameters wire) => new(AnywhereInput.Id(wire, "crlId"), AnywhereInput.OptionalName(wire), CrlInput.OptionalData(wire));

    public override Question Ask(Request request, Scene scene) => AnywhereKinds.Crls.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(Request request, Scene scene)
    {
        var crl = AnywhereKinds.Crls.Require(scene, request.Id);
        if (request.Data is not null)
            CrlInput.Check(request.Data, AnywhereKinds.TrustAnchors.Require(scene, crl.TrustAnchor), scene);
        var updated = crl with { Name = request.Name ?? crl.Name, Data = request.Data ?? crl.Data, Updated = scene.NowInSeconds };
        return new Outcome<AnywhereDetail>(CrlShape.Of(updated, scene), AnywhereKinds.Crls.Put(scene, updated).RelyOn(AnywhereKinds.TrustAnchors.Documents, crl.TrustAnchor));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [AnywhereKinds.Crls.Shown(scene, request.Id)];
}
