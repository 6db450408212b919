using Daypass.Service.Actions.Iam;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Takes tags from a trust anchor, a profile, a revocation list or a subject. A key that is not there is no error.</summary>
internal sealed class UntagResource : ApiAction<UntagResource.Request, Nothing>
{
    internal sealed record Request(string Arn, IReadOnlyList<string> TagKeys);

    public override RestRoute Route { get; } = new("POST", "/UntagResource");

    public override Request Read(Parameters wire) => new(TaggedResource.Read(wire), AnywhereInput.TagKeys(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(TaggedResource.Permit(this, scene, request.Arn).PassingKeys(request.TagKeys));

    public override SightingQuery? SightingsOf(Request request, Scene scene) => TaggedResource.SightingsOf(scene, request.Arn);

    public override Outcome<Nothing> Run(Request request, Scene scene) =>
        new(Nothing.Instance, TaggedResource.Put(scene, request.Arn, tags => TagList.Without(tags, request.TagKeys, TagList.Exact)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [TaggedResource.Shown(scene, request.Arn)];
}
