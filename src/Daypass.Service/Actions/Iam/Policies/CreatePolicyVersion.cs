using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>Adds a version to a customer managed policy. Whoever has the policy gets the new text when it becomes the default.</summary>
internal sealed class CreatePolicyVersion : ApiAction<CreatePolicyVersion.Request, CreatePolicyVersion.Response>
{
    internal sealed record Request(string PolicyArn, string PolicyDocument, bool SetAsDefault);

    internal sealed record Response(PolicyVersionShape PolicyVersion) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("PolicyVersion", PolicyVersion);
    }

    public override Request Read(Parameters wire) => new(
        PolicyTarget.Read(wire),
        wire.PolicyDocument("PolicyDocument", PolicyType.Identity),
        wire.Flag("SetAsDefault") ?? false);

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var policy = PolicyTarget.RequireOwn(scene, Name, request.PolicyArn);
        var changed = policy.WithVersion(request.PolicyDocument, PolicySyntax.Aws, request.SetAsDefault, scene);
        return new Outcome<Response>(new Response(new PolicyVersionShape(changed.Versions[^1], request.SetAsDefault)), scene.Change().Put(DocumentKinds.Policy, changed));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
