using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>Takes tags from a provider. A key that it does not have is no error.</summary>
internal sealed class UntagSAMLProvider : ApiAction<UntagSAMLProvider.Request, Nothing>
{
    internal sealed record Request(string Arn, IReadOnlyList<string> TagKeys);

    public override Request Read(Parameters wire) => new(SamlTarget.Read(wire), TagList.ReadKeys(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(SamlTarget.Ask(scene, "iam:UntagSAMLProvider", request.Arn).PassingKeys(request.TagKeys));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var provider = SamlTarget.Require(scene, request.Arn);
        var untagged = provider with { Tags = TagList.Without(provider.Tags, request.TagKeys, TagList.Exact) };
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.SamlProvider, untagged));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SamlTarget.Resource(request.Arn)];
}
