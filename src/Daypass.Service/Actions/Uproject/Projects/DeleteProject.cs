using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Projects;

/// <summary>Ends a project to which nothing is bound. The default one stays: it is what a request means that names none.</summary>
internal sealed class DeleteProject : ApiAction<DeleteProject.Request, Nothing>
{
    internal sealed record Request(string ProjectId);

    public override Request Read(Parameters wire) => new(wire.RequiredText("ProjectID", UprojectRules.ProjectId));

    public override Question Ask(Request request, Scene scene) => Question.Of(ProjectDirectory.Ask(scene, Name, request.ProjectId));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var project = ProjectDirectory.Require(scene, request.ProjectId);
        if (project.Id == Project.DefaultOf(scene.Home.Account))
            throw Errors.DeleteConflict("Cannot delete the default project.");
        if (IsBound(project, scene.Home.Documents))
            throw Errors.DeleteConflict("Cannot delete a project that policies are bound to. Detach them first.");
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Delete(DocumentKinds.Project, project).DropGuard(ProjectDirectory.BindingsOf(project.Id)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProjectDirectory.Resource(scene, request.ProjectId)];

    private static bool IsBound(Project project, Documents documents) =>
        documents.CountBy(DocumentIndexes.UsersByProject, project.Id) + documents.CountBy(DocumentIndexes.GroupsByProject, project.Id) + documents.CountBy(DocumentIndexes.RolesByProject, project.Id) > 0;
}
