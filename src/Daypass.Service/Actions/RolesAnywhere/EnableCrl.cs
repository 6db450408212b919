using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Lets a revocation list count, again.</summary>
internal sealed class EnableCrl : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("POST", "/crl/{crlId}/enable");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "crlId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.Crls.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene)
    {
        var crl = AnywhereKinds.Crls.Require(scene, request.Id) with { IsEnabled = true, Updated = scene.NowInSeconds };
        return new Outcome<AnywhereDetail>(CrlShape.Of(crl, scene), AnywhereKinds.Crls.Put(scene, crl));
    }

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.Crls.Shown(scene, request.Id)];
}
