using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>One version of a managed policy with its document as written.</summary>
internal sealed class GetPolicyVersion : ApiAction<VersionRequest, GetPolicyVersion.Response>
{
    internal sealed record Response(PolicyVersionShape PolicyVersion) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("PolicyVersion", PolicyVersion);
    }

    public override VersionRequest Read(Parameters wire) => VersionRequest.Read(wire);

    public override Question Ask(VersionRequest request, Scene scene) => request.Ask(scene, Name);

    public override Outcome<Response> Run(VersionRequest request, Scene scene)
    {
        var policy = PolicyTarget.Require(scene, request.PolicyArn);
        var version = PolicyTarget.RequireVersion(policy, request.PolicyArn, request.VersionId);
        return new Outcome<Response>(new Response(new PolicyVersionShape(version, version.Id == policy.DefaultVersion, HasDocument: true)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(VersionRequest request, Scene scene) => request.Resources;
}
