using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Policies;

/// <summary>Deletes a managed policy that nothing uses, with all of its versions.</summary>
internal sealed class DeleteIAMPolicy : ApiAction<DeleteIAMPolicy.Request, Nothing>
{
    internal sealed record Request(string PolicyArn);

    public override Request Read(Parameters wire) => new(SceneNames.ReadPolicy(wire, "PolicyURN"));

    public override Question Ask(Request request, Scene scene)
    {
        var delete = PolicyTarget.Ask(scene, "DeletePolicy", request.PolicyArn);
        return scene.Home.FindPolicy(request.PolicyArn) is { Versions.Count: > 1 } ? new Question([delete, delete with { Action = "iam:DeletePolicyVersion" }]) : Question.Of(delete);
    }

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var policy = PolicyTarget.RequireOwn(scene, "DeletePolicy", request.PolicyArn);
        PolicyUse.RequireUnused(request.PolicyArn, scene);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Delete(DocumentKinds.Policy, policy).DropGuard(Guards.AttachmentsOf(request.PolicyArn)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
