using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>A managed policy without its document; that is GetPolicyVersion's.</summary>
internal sealed class GetPolicy : ApiAction<GetPolicy.Request, GetPolicy.Response>
{
    internal sealed record Request(string PolicyArn);

    internal sealed record Response(PolicyShape Policy) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Policy", Policy);
    }

    public override Request Read(Parameters wire) => new(PolicyTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var policy = PolicyTarget.Require(scene, request.PolicyArn);
        var uses = new PolicyUses(scene.Home);
        return new Outcome<Response>(new Response(
            new PolicyShape(policy, request.PolicyArn, uses.Attachments(request.PolicyArn), uses.Boundaries(request.PolicyArn))));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
