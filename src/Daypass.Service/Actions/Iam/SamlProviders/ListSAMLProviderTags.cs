using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>The tags of a provider, in the order of their keys.</summary>
internal sealed class ListSAMLProviderTags : ApiAction<ListSAMLProviderTags.Request, ListResponse>
{
    internal sealed record Request(string Arn, Paging Paging);

    public override Request Read(Parameters wire) => new(SamlTarget.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(SamlTarget.Ask(scene, "iam:ListSAMLProviderTags", request.Arn));

    public override Outcome<ListResponse> Run(Request request, Scene scene) =>
        new(ListResponse.OfTags(SamlTarget.Sorted(SamlTarget.Require(scene, request.Arn).Tags), request.Paging));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SamlTarget.Resource(request.Arn)];
}
