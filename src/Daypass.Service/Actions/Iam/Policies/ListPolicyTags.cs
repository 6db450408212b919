using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>The tags of a managed policy.</summary>
internal sealed class ListPolicyTags : ApiAction<ListPolicyTags.Request, ListResponse>
{
    internal sealed record Request(string PolicyArn, Paging Paging);

    public override Request Read(Parameters wire) => new(PolicyTarget.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn));

    public override Outcome<ListResponse> Run(Request request, Scene scene) =>
        new(ListResponse.OfTags(PolicyTarget.Require(scene, request.PolicyArn).Tags, request.Paging));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
