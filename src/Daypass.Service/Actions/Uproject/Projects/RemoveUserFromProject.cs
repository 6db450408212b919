using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Attachments;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Projects;

/// <summary>
/// Takes all policies from a user that are bound in one project. That is detaching each of them, so it takes that permission too. What the user has for
/// all projects, or by its groups, stays.
/// </summary>
internal sealed class RemoveUserFromProject : ApiAction<RemoveUserFromProject.Request, Nothing>
{
    internal sealed record Request(string UserName, string ProjectId);

    public override Request Read(Parameters wire) => new(UprojectKinds.User.ReadName(wire), wire.RequiredText("ProjectID", UprojectRules.ProjectId));

    public override Question Ask(Request request, Scene scene) => new(
    [
        ProjectDirectory.Ask(scene, Name, request.ProjectId),
        .. (scene.Home.FindUser(request.UserName)?.Scoped ?? []).Where(scoped => scoped.Project == request.ProjectId)
            .Select(scoped => new AttachmentRequest(request.UserName, scoped.Policy).Ask(UprojectKinds.User, scene, "DetachUserPolicy")),
    ]);

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        ProjectDirectory.Require(scene, request.ProjectId);
        var user = UprojectKinds.User.Require(scene, request.UserName);
        var bindings = PolicyBindings.Of(user).WithoutProject(request.ProjectId);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.User, UprojectKinds.User.WithBindings(user, bindings)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [ProjectDirectory.Resource(scene, request.ProjectId), UprojectKinds.User.Resource(scene, request.UserName)];
}
