using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>Replaces a role's trust policy. All principals are bound anew, so those that are gone since the last time are refused.</summary>
internal sealed class UpdateAssumeRolePolicy : ApiAction<UpdateAssumeRolePolicy.Request, Nothing>
{
    internal sealed record Request(string RoleName, string PolicyDocument);

    public override Request Read(Parameters wire) => new(HolderKinds.Role.ReadName(wire), wire.PolicyDocument("PolicyDocument", PolicyType.Trust));

    public override IEnumerable<AccountId> Needs(Request request) => TrustDocuments.AccountsOf(request.PolicyDocument);

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Role.Ask(scene, Name, request.RoleName));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var role = HolderKinds.Role.Require(scene, request.RoleName);
        var trust = TrustDocuments.Bind(request.PolicyDocument, scene);
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(DocumentKinds.Role, role with { Trust = trust, Updated = scene.NowInSeconds }).RelyOnPrincipals(trust, scene.Home));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Role.Resource(scene, request.RoleName)];
}
