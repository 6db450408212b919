using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Projects;

/// <summary>The projects of an account: the default one, which is there without a document until it is renamed, and those that were made.</summary>
internal static class ProjectDirectory
{
    /// <summary>Against the quota, and that no two have one name.</summary>
    public const string Guard = "projects";

    public static readonly Quota Projects = new("ProjectsPerAccount", 100);

    public static Project? Find(AccountDirectory home, string id) =>
        home.Documents.Find(DocumentKinds.Project, id) ?? (id == Project.DefaultOf(home.Account) ? Unwritten(home) : null);

    /// <exception cref="ApiException">NoSuchEntity, with 292.</exception>
    public static Project Require(Scene scene, string id) => Find(scene.Home, id) ?? throw Errors.NoSuchProject(id);

    /// <summary>The default one first, the others by id.</summary>
    public static IReadOnlyList<Project> All(AccountDirectory home)
    {
        var id = Project.DefaultOf(home.Account);
        return [Find(home, id)!, .. home.Documents.All(DocumentKinds.Project).Where(project => project.Id != id)];
    }

    /// <summary>Permission for an action on a project, or on all for a name that is none.</summary>
    public static Permission Ask(Scene scene, string action, string id) => ResourceKeys.On(scene, "iam:" + action, ArnOf(scene, id), []);

    public static AuditResource Resource(Scene scene, string id) => new("UCS::IAM::Project", ArnOf(scene, id).ToString());

    /// <summary>Makes a binding cross with the deletion of its project: whichever commits second is asked again.</summary>
    public static Changes UseProject(this Changes changes, string id) => changes.RelyOn(DocumentKinds.Project, id).Guard(BindingsOf(id));

    /// <summary>That nothing is bound to a project when it goes.</summary>
    public static string BindingsOf(string id) => "project-bindings/" + id;

    /// <exception cref="ApiException">EntityAlreadyExists.</exception>
    public static void RequireFree(Scene scene, string name, string? except = null)
    {
        if (All(scene.Home).Any(project => project.Id != except && project.Name == name))
            throw Errors.EntityAlreadyExists($"A project called {name} already exists.");
    }

    private static Project Unwritten(AccountDirectory home) =>
        new() { Id = Project.DefaultOf(home.Account), Name = Project.DefaultName, Created = home.Settings?.Created ?? DateTimeOffset.UnixEpoch };

    private static Arn ArnOf(Scene scene, string id) => Arn.Iam(scene.Home.Account, "project/" + id);
}
