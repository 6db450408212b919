using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>The tags of a managed policy.</summary>
internal sealed class ListPolicyTags : ApiAction<ListPolicyTags.Request, ListPolicyTags.Response>
{
    internal sealed record Request(string PolicyArn, Paging Paging);

    internal sealed record Response(Page<Tag> Page) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("Tags", Page.Items.Select(tag => new TagShape(tag)));
            Page.Write(writer);
        }
    }

    public override Request Read(Parameters wire) => new(PolicyTarget.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn));

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response(request.Paging.Of(PolicyTarget.Require(scene, request.PolicyArn).Tags, tag => tag.Key)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
