using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>Deletes a role that has no policies. Its sessions are dead from then on, even when the name is made again.</summary>
internal sealed class DeleteRole : ApiAction<DeleteRole.Request, Nothing>
{
    internal sealed record Request(string RoleName);

    public override Request Read(Parameters wire) => new(HolderKinds.Role.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Role.Ask(scene, Name, request.RoleName));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var role = HolderKinds.Role.Require(scene, request.RoleName);
        if (PolicyBindings.Of(role).Count > 0)
            throw Errors.DeleteConflict("Cannot delete entity, must detach all policies first.");
        if (role.Inline.Count > 0)
            throw Errors.DeleteConflict("Cannot delete entity, must delete policies first.");
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Delete(DocumentKinds.Role, role));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Role.Resource(scene, request.RoleName)];
}
