using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Projects;

/// <summary>The projects of the account, the default one first, with the number of users who have policies there.</summary>
internal sealed class ListProjects : ApiAction<OffsetPaging, CountedList>
{
    private sealed record View(Project Project, int Users) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("ProjectID", Project.Id);
            writer.Text("ProjectName", Project.Name);
            writer.Number("UserCount", Users);
            writer.Time("CreatedAt", Project.Created);
        }
    }

    public override OffsetPaging Read(Parameters wire) => OffsetPaging.Read(wire);

    public override Question Ask(OffsetPaging request, Scene scene) => Question.Of(ProjectDirectory.Ask(scene, Name, "*"));

    public override Outcome<CountedList> Run(OffsetPaging request, Scene scene) => new(request.Of(
        "Projects", ProjectDirectory.All(scene.Home), project => new View(project, scene.Home.Documents.CountBy(DocumentIndexes.UsersByProject, project.Id))));
}
