using Daypass.Service.Directories;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Says which roles may be had by certificate. Enabled only if the request says so, as AWS has it.</summary>
internal sealed class CreateProfile : ApiAction<CreateProfile.Request, AnywhereDetail>
{
    internal sealed record Request(string Name, ProfileInput Input, bool IsEnabled, bool RequiresInstanceProperties, IReadOnlyList<Tag> Tags);

    public override RestRoute Route { get; } = new("POST", "/profiles") { Status = 201 };

    public override Request Read(Parameters wire)
    {
        var request = new Request(AnywhereInput.Name(wire), ProfileInput.Read(wire), wire.Flag("enabled") ?? false, wire.Flag("requireInstanceProperties") ?? false, AnywhereInput.Tags(wire));
        if (request.Input.Roles is null)
            wire.Missing("roleArns");
        return request;
    }

    public override Question Ask(Request request, Scene scene) => new([.. AnywhereKinds.Profiles.PermitNew(this, scene, request.Tags), .. request.Input.PassRoles()]);

    public override Outcome<AnywhereDetail> Run(Request request, Scene scene)
    {
        var profile = request.Input.ApplyTo(
            new AnywhereProfile
            {
                Id = Identifiers.Uuid(scene.Entropy),
                Name = request.Name,
                IsEnabled = request.IsEnabled,
                Created = scene.NowInSeconds,
                Updated = scene.NowInSeconds,
                CreatedBy = scene.Caller.Arn,
                Roles = [],
                RequiresInstanceProperties = request.RequiresInstanceProperties,
                Tags = request.Tags,
            },
            scene);
        return new Outcome<AnywhereDetail>(ProfileShape.Of(profile, scene), AnywhereKinds.Profiles.Add(scene, profile));
    }
}
