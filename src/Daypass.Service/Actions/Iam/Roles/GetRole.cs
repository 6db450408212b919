using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>A role with all that there is to it. Its trust policy shows its principals as they are today, those of other accounts too.</summary>
internal sealed class GetRole : ApiAction<GetRole.Request, GetRole.Response>
{
    internal sealed record Request(string RoleName);

    internal sealed record Response(RoleShape Role) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Role", Role);
    }

    public override Request Read(Parameters wire) => new(HolderKinds.Role.ReadName(wire));

    public override IEnumerable<AccountId> Needs(Request request, InstallationDirectory installation, AccountDirectory home) =>
        home.FindRole(request.RoleName) is { } role ? TrustView.AccountsOf(role.Trust) : [];

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Role.Ask(scene, Name, request.RoleName));

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response(RoleShape.Of(HolderKinds.Role.Require(scene, request.RoleName), scene, RoleDetail.Full)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Role.Resource(scene, request.RoleName)];
}
