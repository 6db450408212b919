using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Groups;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Actions.Uproject.Policies;
using Daypass.Service.Actions.Uproject.Projects;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Account;

/// <summary>
/// The projects that the caller may see: the default one, without which this cloud's command line does not start for anybody, those in which it has policies, all if it has
/// one that counts in all, and all if it may list them. So it needs no permission; how many users a project has is told to those who may list.
/// </summary>
internal sealed class GetProjectList : ApiAction<NoRequest, GetProjectList.Response>
{
    internal sealed record Response(IReadOnlyList<Project> Projects, bool MayList, Scene Scene) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Number("ProjectCount", Projects.Count);
            writer.List("ProjectSet", Projects.Select(project => new View(project, MayList, Scene)));
        }
    }

    private sealed record View(Project Project, bool MayList, Scene Scene) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("ProjectId", Project.Id);
            writer.Text("ProjectName", Project.Name);
            writer.Flag("IsDefault", Project.Id == Project.DefaultOf(Scene.Home.Account));
            writer.Time("CreateTime", Project.Created);
            if (MayList)
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
        var mayList = Authorizer.Decide(scene, ProjectDirectory.Ask(scene, nameof(ListProjects), "*"), RequestKeys.Of(scene)).IsAllowed;
        var holders = HoldersOf(scene);
        var all = ProjectDirectory.All(scene.Home);
        return new Outcome<Response>(new Response(mayList || holders.Any(holder => CountsInAll(holder, scene)) ? all : [.. all.Where(project => IsOf(project, holders, scene))], mayList, scene));
    }

    // What is for the account alone is about no project, though it hangs on its holder for everything.
    private static bool CountsInAll(IPolicyHolder holder, Scene scene) =>
        holder.Inline.Count > 0 || holder.Attached.Any(arn => scene.Home.FindPolicy(arn) is { } policy && PolicyView.ScopeTypeOf(policy) != PolicyScopes.Empty);

    private static bool IsOf(Project project, IReadOnlyList<IPolicyHolder> holders, Scene scene) =>
        project.Id == Project.DefaultOf(scene.Home.Account) || holders.Any(holder => holder.Scoped?.Any(scoped => scoped.Project == project.Id) is true);

    private static IReadOnlyList<IPolicyHolder> HoldersOf(Scene scene) => scene.Caller switch
    {
        { Role: { } role } => [role],
        { User: { } user } => [user, .. Members.GroupsOf(user, scene)],
        _ => [],
    };
}
