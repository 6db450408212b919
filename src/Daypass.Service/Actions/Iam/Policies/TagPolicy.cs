using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>Adds tags to a customer managed policy. Keys of policies are case-sensitive.</summary>
internal sealed class TagPolicy : ApiAction<TagPolicy.Request, Nothing>
{
    internal sealed record Request(string PolicyArn, IReadOnlyList<Tag> Tags);

    public override Request Read(Parameters wire) => new(PolicyTarget.Read(wire), TagList.ReadRequired(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn).Passing(request.Tags));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var policy = PolicyTarget.RequireOwn(scene, Name, request.PolicyArn);
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(DocumentKinds.Policy, policy with { Tags = TagList.With(policy.Tags, request.Tags, TagList.Exact) }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
