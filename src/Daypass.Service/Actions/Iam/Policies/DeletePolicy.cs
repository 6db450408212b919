using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>Deletes a customer managed policy that nothing uses and that has no version but the default one.</summary>
internal sealed class DeletePolicy : ApiAction<DeletePolicy.Request, Nothing>
{
    internal sealed record Request(string PolicyArn);

    public override Request Read(Parameters wire) => new(PolicyTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var policy = PolicyTarget.RequireOwn(scene, Name, request.PolicyArn);
        PolicyUse.RequireUnused(request.PolicyArn, scene);
        if (policy.Versions.Count > 1)
            throw Errors.DeleteConflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.");
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Delete(DocumentKinds.Policy, policy).DropGuard(Guards.AttachmentsOf(request.PolicyArn)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
