using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>The tags of a provider, in the order of their keys.</summary>
internal sealed class ListOpenIDConnectProviderTags : ApiAction<ListOpenIDConnectProviderTags.Request, ListResponse>
{
    internal sealed record Request(string Arn, Paging Paging);

    public override Request Read(Parameters wire) => new(ProviderTarget.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(ProviderTarget.Ask(scene, "iam:ListOpenIDConnectProviderTags", request.Arn));

    public override Outcome<ListResponse> Run(Request request, Scene scene) =>
        new(ListResponse.OfTags(ProviderShape.Sorted(ProviderTarget.Require(scene, request.Arn).Tags), request.Paging));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProviderTarget.Resource(request.Arn)];
}
