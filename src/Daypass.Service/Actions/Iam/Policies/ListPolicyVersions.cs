using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>The versions of a managed policy, the newest first, without their documents.</summary>
internal sealed class ListPolicyVersions : ApiAction<ListPolicyVersions.Request, ListPolicyVersions.Response>
{
    internal sealed record Request(string PolicyArn, Paging Paging);

    internal sealed record Response(Page<PolicyVersion> Page, string DefaultVersion) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("Versions", Page.Items.Select(version => new PolicyVersionShape(version, version.Id == DefaultVersion)));
            Page.Write(writer);
        }
    }

    public override Request Read(Parameters wire) => new(PolicyTarget.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var policy = PolicyTarget.Require(scene, request.PolicyArn);
        return new Outcome<Response>(new Response(request.Paging.Of(policy.Versions, PolicyVersionShape.KeyOf), policy.DefaultVersion));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
