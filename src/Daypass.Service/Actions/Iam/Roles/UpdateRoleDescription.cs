using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>Changes a role's description and nothing else.</summary>
internal sealed class UpdateRoleDescription : ApiAction<UpdateRoleDescription.Request, UpdateRoleDescription.Response>
{
    internal sealed record Request(string RoleName, string Description);

    internal sealed record Response(RoleShape Role) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Role", Role);
    }

    public override Request Read(Parameters wire) => new(HolderKinds.Role.ReadName(wire), wire.RequiredText("Description", TextRules.Description));

    public override IEnumerable<AccountId> Needs(Request request, InstallationDirectory installation, AccountDirectory home) =>
        home.FindRole(request.RoleName) is { } role ? TrustView.AccountsOf(role.Trust) : [];

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Role.Ask(scene, Name, request.RoleName));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var role = HolderKinds.Role.Require(scene, request.RoleName) with { Description = request.Description };
        return new Outcome<Response>(new Response(RoleShape.Of(role, scene, RoleDetail.Full)), scene.Change().Put(DocumentKinds.Role, role));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Role.Resource(scene, request.RoleName)];
}
