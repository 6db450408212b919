using Daypass.Service.Audit;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Takes rules from a profile's mapping of one field, or all of them: those attributes are no session tags any more.</summary>
internal sealed class DeleteAttributeMapping : ApiAction<DeleteAttributeMapping.Request, AnywhereDetail>
{
    internal sealed record Request(string Id, string Field, IReadOnlyList<string> Specifiers);

    public override RestRoute Route { get; } = new("DELETE", "/profiles/{profileId}/mappings", "certificateField", "specifiers") { QueryLists = ["specifiers"] };

    public override Request Read(Parameters wire) => new(AnywhereInput.Id(wire, "profileId"), MappingInput.Field(wire), MappingInput.Specifiers(wire));

    public override Question Ask(Request request, Scene scene) => AnywhereKinds.Profiles.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(Request request, Scene scene)
    {
        var profile = AnywhereKinds.Profiles.Require(scene, request.Id);
        var updated = profile with { Mappings = [.. profile.Mappings.Select(mapping => Without(mapping, request)).OfType<AttributeMapping>()], Updated = scene.NowInSeconds };
        return new Outcome<AnywhereDetail>(ProfileShape.Of(updated, scene), AnywhereKinds.Profiles.Put(scene, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [AnywhereKinds.Profiles.Shown(scene, request.Id)];

    private static AttributeMapping? Without(AttributeMapping mapping, Request request)
    {
        if (mapping.Field != request.Field)
            return mapping;
        string[] left = request.Specifiers.Count == 0 ? [] : [.. mapping.Specifiers.Except(request.Specifiers, StringComparer.Ordinal)];
        return left.Length == 0 ? null : mapping with { Specifiers = left };
    }
}
