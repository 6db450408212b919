using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>One profile.</summary>
internal sealed class GetProfile : ApiAction<AnywhereTarget, AnywhereDetail>
{
    public override RestRoute Route { get; } = new("GET", "/profile/{profileId}");

    public override AnywhereTarget Read(Parameters wire) => new(AnywhereInput.Id(wire, "profileId"));

    public override Question Ask(AnywhereTarget request, Scene scene) => AnywhereKinds.Profiles.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(AnywhereTarget request, Scene scene) => new(ProfileShape.Of(AnywhereKinds.Profiles.Require(scene, request.Id), scene));

    public override IEnumerable<AuditResource> ResourcesOf(AnywhereTarget request, Scene scene) => [AnywhereKinds.Profiles.Shown(scene, request.Id)];
}
