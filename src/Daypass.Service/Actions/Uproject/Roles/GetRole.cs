using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Roles;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Roles;

/// <summary>One role with its trust policy: byte for byte as it was written, in whichever syntax, save that who was renamed has its new name.</summary>
internal sealed class GetRole : ApiAction<GetRole.Request, RoleAnswer>
{
    internal sealed record Request(string RoleName);

    public override Request Read(Parameters wire) => new(UprojectKinds.Role.ReadName(wire));

    public override IEnumerable<AccountId> Needs(Request request, InstallationDirectory installation, AccountDirectory home) =>
        UprojectKinds.Role.Find(home, request.RoleName) is { } role ? TrustView.AccountsOf(role.Trust) : [];

    public override Question Ask(Request request, Scene scene) => Question.Of(UprojectKinds.Role.Ask(scene, Name, request.RoleName));

    public override Outcome<RoleAnswer> Run(Request request, Scene scene) => new(new RoleAnswer(new RoleView(UprojectKinds.Role.Require(scene, request.RoleName), scene)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.Role.Resource(scene, request.RoleName)];
}
