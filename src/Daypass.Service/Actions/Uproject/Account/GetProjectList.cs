using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Groups;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Actions.Uproject.Projects;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Account;

/// <summary>
/// The projects that the caller has something to do with, which this cloud's command line asks for at its start: the default one, those in which it has
/// policies, and all when it has one that counts in all. What it says, the caller's own policies say already, so it needs no permission.
/// </summary>
internal sealed class GetProjectList : ApiAction<NoRequest, GetProjectList.Response>
{
    internal sealed record Response(IReadOnlyList<Project> Projects, Scene Scene) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Number("ProjectCount", Projects.Count);
            writer.List("ProjectSet", Projects.Select(project => new View(project, Scene)));
        }
    }

    private sealed record View(Project Project, Scene Scene) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("ProjectId", Project.Id);
            writer.Text("ProjectName", Project.Name);
            writer.Flag("IsDefault", Project.Id == Project.DefaultOf(Scene.Home.Account));
            writer.Time("CreateTime", Project.Created);
            writer.Number("MemberCount", Scene.Home.Documents.CountBy(DocumentIndexes.UsersByProject, Project.Id));
        }
    }

    public override NoRequest Read(Parameters wire)
    {
        // Whether who asks is an account of finance, which Terraform's provider likes to say; there are none here.
        wire.Word("IsFinance", "Yes", "No");
        return NoRequest.Instance;
    }

    public override Question Ask(NoRequest request, Scene scene) => Question.None;

    public override Outcome<Response> Run(NoRequest request, Scene scene)
    {
        var holders = HoldersOf(scene);
        var all = ProjectDirectory.All(scene.Home);
        return new Outcome<Response>(new Response(holders.Any(holder => holder.Attached.Count + holder.Inline.Count > 0) ? all : [.. all.Where(project => IsOf(project, holders, scene))], scene));
    }

    private static bool IsOf(Project project, IReadOnlyList<IPolicyHolder> holders, Scene scene) =>
        project.Id == Project.DefaultOf(scene.Home.Account) || holders.Any(holder => holder.Scoped?.Any(scoped => scoped.Project == project.Id) is true);

    private static IReadOnlyList<IPolicyHolder> HoldersOf(Scene scene) => scene.Caller switch
    {
        { Role: { } role } => [role],
        { User: { } user } => [user, .. Members.GroupsOf(user, scene)],
        _ => [],
    };
}
