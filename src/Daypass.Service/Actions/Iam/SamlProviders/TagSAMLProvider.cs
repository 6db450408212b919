using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>Adds tags to a provider. Keys are case-sensitive.</summary>
internal sealed class TagSAMLProvider : ApiAction<TagSAMLProvider.Request, Nothing>
{
    internal sealed record Request(string Arn, IReadOnlyList<Tag> Tags);

    public override Request Read(Parameters wire) => new(SamlTarget.Read(wire), TagList.ReadRequired(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(SamlTarget.Ask(scene, "iam:TagSAMLProvider", request.Arn).Passing(request.Tags));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var provider = SamlTarget.Require(scene, request.Arn);
        var tagged = provider with { Tags = TagList.With(provider.Tags, request.Tags, TagList.Exact) };
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.SamlProvider, tagged));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SamlTarget.Resource(request.Arn)];
}
