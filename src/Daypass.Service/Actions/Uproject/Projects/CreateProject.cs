using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Projects;

/// <summary>A new project, to which policies can be bound.</summary>
internal sealed class CreateProject : ApiAction<CreateProject.Request, CreateProject.Response>
{
    internal sealed record Request(string ProjectName);

    internal sealed record Response(Project Project) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("ProjectId", Project.Id);
    }

    public override Request Read(Parameters wire) => new(wire.RequiredText("ProjectName", UprojectRules.ProjectName));

    public override Question Ask(Request request, Scene scene) => Question.Of(ProjectDirectory.Ask(scene, Name, "*"));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        ProjectDirectory.RequireFree(scene, request.ProjectName);
        ProjectDirectory.Projects.AdmitOneMore(ProjectDirectory.All(scene.Home).Count);
        var project = new Project { Id = FreshId(scene), Name = request.ProjectName, Created = scene.NowInSeconds };
        return new Outcome<Response>(new Response(project), scene.Change().Put(DocumentKinds.Project, project).Guard(ProjectDirectory.Guard));
    }

    private static string FreshId(Scene scene)
    {
        string id;
        do
            id = Identifiers.Lower(Project.Prefix, Project.DrawnLength, scene.Entropy);
        while (ProjectDirectory.Find(scene.Home, id) is not null);
        return id;
    }
}
