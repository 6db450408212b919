using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>Adds tags to a provider. Keys are case-sensitive.</summary>
internal sealed class TagOpenIDConnectProvider : ApiAction<TagOpenIDConnectProvider.Request, Nothing>
{
    internal sealed record Request(string Arn, IReadOnlyList<Tag> Tags);

    public override Request Read(Parameters wire) => new(ProviderTarget.Read(wire), TagList.ReadRequired(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(ProviderTarget.Ask(scene, "iam:TagOpenIDConnectProvider", request.Arn).Passing(request.Tags));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var provider = ProviderTarget.Require(scene, request.Arn);
        var tagged = provider with { Tags = TagList.With(provider.Tags, request.Tags, TagList.Exact) };
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.OidcProvider, tagged));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProviderTarget.Resource(request.Arn)];
}
