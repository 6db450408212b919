using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>Makes a version the one that counts, for all who have the policy and at once.</summary>
internal sealed class SetDefaultPolicyVersion : ApiAction<VersionRequest, Nothing>
{
    public override VersionRequest Read(Parameters wire) => VersionRequest.Read(wire);

    public override Question Ask(VersionRequest request, Scene scene) => request.Ask(scene, Name);

    public override Outcome<Nothing> Run(VersionRequest request, Scene scene)
    {
        var policy = PolicyTarget.RequireOwn(scene, Name, request.PolicyArn);
        var version = PolicyTarget.RequireVersion(policy, request.PolicyArn, request.VersionId);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.Policy, policy with { DefaultVersion = version.Id }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(VersionRequest request, Scene scene) => request.Resources;
}
