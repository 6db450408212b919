using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Ends a profile: nobody gets a session by it any more. Sessions that there are go on until they end or are revoked.</summary>
internal sealed class DeleteProfile : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("DELETE", "/profile/{profileId}");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "profileId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.Profiles.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene)
    {
        var profile = AnywhereKinds.Profiles.Require(scene, request.Id);
        return new Outcome<AnywhereDetail>(ProfileShape.Of(profile, scene), scene.Change().Delete(AnywhereKinds.Profiles.Documents, profile));
    }

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.Profiles.Shown(scene, request.Id)];
}
