using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>The tags of a trust anchor, a profile, a revocation list or a subject.</summary>
internal sealed class ListTagsForResource : ApiAction<ListTagsForResource.Request, ListTagsForResource.Response>
{
    internal sealed record Request(string Arn);

    internal sealed record Response(IReadOnlyList<Tag> Tags) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("tags", Tags.Select(tag => new Shape(tag)));
    }

    private sealed record Shape(Tag Tag) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("key", Tag.Key);
            writer.Text("value", Tag.Value);
        }
    }

    public override RestRoute Route { get; } = new("GET", "/ListTagsForResource", "resourceArn");

    public override Request Read(Parameters wire) => new(TaggedResource.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(TaggedResource.Permit(this, scene, request.Arn));

    public override SightingQuery? SightingsOf(Request request, Scene scene) => TaggedResource.SightingsOf(scene, request.Arn);

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(TaggedResource.Tags(scene, request.Arn)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [TaggedResource.Shown(scene, request.Arn)];
}
