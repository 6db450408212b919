using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Policies;

/// <summary>One managed policy with its document: what is two calls, and two permissions, in AWS's API.</summary>
internal sealed class GetIAMPolicy : ApiAction<GetIAMPolicy.Request, GetIAMPolicy.Response>
{
    internal sealed record Request(string PolicyArn);

    internal sealed record Response(PolicyView Policy) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Policy", Policy);
    }

    public override Request Read(Parameters wire) => new(SceneNames.ReadPolicy(wire, "PolicyURN"));

    public override Question Ask(Request request, Scene scene) =>
        new([PolicyTarget.Ask(scene, "GetPolicy", request.PolicyArn), PolicyTarget.Ask(scene, "GetPolicyVersion", request.PolicyArn)]);

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response(new PolicyView(PolicyTarget.Require(scene, request.PolicyArn), request.PolicyArn, scene)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
