using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Projects;

/// <summary>Another name for a project. Its id, by which policies are bound, stays.</summary>
internal sealed class ModifyProject : ApiAction<ModifyProject.Request, Nothing>
{
    internal sealed record Request(string ProjectId, string ProjectName);

    public override Request Read(Parameters wire) => new(wire.RequiredText("ProjectId", UprojectRules.ProjectId), wire.RequiredText("ProjectName", UprojectRules.ProjectName));

    public override Question Ask(Request request, Scene scene) => Question.Of(ProjectDirectory.Ask(scene, Name, request.ProjectId));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var project = ProjectDirectory.Require(scene, request.ProjectId);
        ProjectDirectory.RequireFree(scene, request.ProjectName, except: project.Id);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.Project, project with { Name = request.ProjectName }).Guard(ProjectDirectory.Guard));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProjectDirectory.Resource(scene, request.ProjectId)];
}
