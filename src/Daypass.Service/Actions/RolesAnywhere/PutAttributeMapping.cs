using Daypass.Service.Audit;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Says which attributes of one field of the certificate become session tags, instead of those that did.</summary>
internal sealed class PutAttributeMapping : ApiAction<PutAttributeMapping.Request, AnywhereDetail>
{
    internal sealed record Request(string Id, AttributeMapping Mapping);

    public override RestRoute Route { get; } = new("PUT", "/profiles/{profileId}/mappings");

    public override Request Read(Parameters wire) => new(AnywhereInput.Id(wire, "profileId"), new AttributeMapping(MappingInput.Field(wire), MappingInput.Rules(wire)));

    public override Question Ask(Request request, Scene scene) => AnywhereKinds.Profiles.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(Request request, Scene scene)
    {
        var profile = AnywhereKinds.Profiles.Require(scene, request.Id);
        var mappings = profile.Mappings.Where(mapping => mapping.Field != request.Mapping.Field).Append(request.Mapping).OrderBy(mapping => mapping.Field, StringComparer.Ordinal);
        var updated = profile with { Mappings = [.. mappings], Updated = scene.NowInSeconds };
        return new Outcome<AnywhereDetail>(ProfileShape.Of(updated, scene), AnywhereKinds.Profiles.Put(scene, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [AnywhereKinds.Profiles.Shown(scene, request.Id)];
}
