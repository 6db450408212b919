using Daypass.Service.Actions.Iam;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Adds tags to a trust anchor, a profile, a revocation list or a subject. Keys are case-sensitive.</summary>
internal sealed class TagResource : ApiAction<TagResource.Request, Nothing>
{
    internal sealed record Request(string Arn, IReadOnlyList<Tag> Tags);

    public override RestRoute Route { get; } = new("POST", "/TagResource") { Status = 201 };

    public override Request Read(Parameters wire)
    {
        var request = new Request(TaggedResource.Read(wire), AnywhereInput.Tags(wire));
        if (request.Tags.Count == 0 && wire.Raw("tags") is null)
            wire.Missing("tags");
        return request;
    }

    public override Question Ask(Request request, Scene scene)
    {
        var permission = TaggedResource.Permit(this, scene, request.Arn);
        return Question.Of(ResourceKeys.Passing(permission, request.Tags));
    }

    public override SightingQuery? SightingsOf(Request request, Scene scene) => TaggedResource.SightingsOf(scene, request.Arn);

    public override Outcome<Nothing> Run(Request request, Scene scene) =>
        new(Nothing.Instance, TaggedResource.Put(scene, request.Arn, tags => [.. tags.Where(tag => !request.Tags.Any(added => added.Key == tag.Key)), .. request.Tags]));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [TaggedResource.Shown(scene, request.Arn)];
}
