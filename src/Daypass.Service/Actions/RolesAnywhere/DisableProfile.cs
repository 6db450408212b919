using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Stops new sessions by a profile.</summary>
internal sealed class DisableProfile : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("POST", "/profile/{profileId}/disable");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "profileId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.Profiles.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene)
    {
        var profile = AnywhereKinds.Profiles.Require(scene, request.Id) with { IsEnabled = false, Updated = scene.NowInSeconds };
        return new Outcome<AnywhereDetail>(ProfileShape.Of(profile, scene), AnywhereKinds.Profiles.Put(scene, profile));
    }

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.Profiles.Shown(scene, request.Id)];
}
