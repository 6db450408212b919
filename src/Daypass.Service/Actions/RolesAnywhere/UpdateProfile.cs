using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Changes a profile: what the request names, and nothing else.</summary>
internal sealed class UpdateProfile : ApiAction<UpdateProfile.Request, AnywhereDetail>
{
    internal sealed record Request(string Id, string? Name, ProfileInput Input);

    public override RestRoute Route { get; } = new("PATCH", "/profile/{profileId}");

    public override Request Read(Parameters wire) => new(AnywhereInput.Id(wire, "profileId"), AnywhereInput.OptionalName(wire), ProfileInput.Read(wire));

    public override Question Ask(Request request, Scene scene) => new([AnywhereKinds.Profiles.Permit(this, scene, request.Id), .. request.Input.PassRoles()]);

    public override Outcome<AnywhereDetail> Run(Request request, Scene scene)
    {
        var profile = AnywhereKinds.Profiles.Require(scene, request.Id);
        var updated = request.Input.ApplyTo(profile with { Name = request.Name ?? profile.Name, Updated = scene.NowInSeconds }, scene);
        return new Outcome<AnywhereDetail>(ProfileShape.Of(updated, scene), AnywhereKinds.Profiles.Put(scene, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [AnywhereKinds.Profiles.Shown(scene, request.Id)];
}
