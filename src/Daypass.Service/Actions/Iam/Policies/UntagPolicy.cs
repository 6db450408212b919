using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>Takes tags from a customer managed policy; a key that is not there is no error.</summary>
internal sealed class UntagPolicy : ApiAction<UntagPolicy.Request, Nothing>
{
    internal sealed record Request(string PolicyArn, IReadOnlyList<string> TagKeys);

    public override Request Read(Parameters wire) => new(PolicyTarget.Read(wire), TagList.ReadKeys(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn).PassingKeys(request.TagKeys));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var policy = PolicyTarget.RequireOwn(scene, Name, request.PolicyArn);
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(DocumentKinds.Policy, policy with { Tags = TagList.Without(policy.Tags, request.TagKeys, TagList.Exact) }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
