using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>The versions of a managed policy, the newest first, without their documents.</summary>
internal sealed class ListPolicyVersions : ApiAction<ListPolicyVersions.Request, ListResponse>
{
    internal sealed record Request(string PolicyArn, Paging Paging);

    public override Request Read(Parameters wire) => new(PolicyTarget.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        var policy = PolicyTarget.Require(scene, request.PolicyArn);
        var page = request.Paging.Of(policy.Versions, PolicyVersionShape.KeyOf);
        return new Outcome<ListResponse>(ListResponse.Of("Versions", page, version => new PolicyVersionShape(version, version.Id == policy.DefaultVersion)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
