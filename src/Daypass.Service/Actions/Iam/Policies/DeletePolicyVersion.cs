using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>Deletes a version that is not the default one. Its number is never used again.</summary>
internal sealed class DeletePolicyVersion : ApiAction<VersionRequest, Nothing>
{
    public override VersionRequest Read(Parameters wire) => VersionRequest.Read(wire);

    public override Question Ask(VersionRequest request, Scene scene) => request.Ask(scene, Name);

    public override Outcome<Nothing> Run(VersionRequest request, Scene scene)
    {
        var policy = PolicyTarget.RequireOwn(scene, Name, request.PolicyArn);
        var version = PolicyTarget.RequireVersion(policy, request.PolicyArn, request.VersionId);
        if (version.Id == policy.DefaultVersion)
            throw Errors.DeleteConflict("Cannot delete the default version of a policy.");
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(DocumentKinds.Policy, policy with { Versions = [.. policy.Versions.Where(other => other.Id != version.Id)] }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(VersionRequest request, Scene scene) => request.Resources;
}
