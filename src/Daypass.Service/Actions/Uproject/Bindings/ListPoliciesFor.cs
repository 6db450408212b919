using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Actions.Uproject.Projects;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>The policies of a user, group or role, once for each binding; those of one scope or project, if one is given.</summary>
/// <param name="kind">Whose policies.</param>
/// <param name="permission">AWS's name of the operation.</param>
internal abstract class ListPoliciesFor<T>(HolderKind<T> kind, string permission) : ApiAction<ListPoliciesFor<T>.Request, CountedList>
    where T : class, IPolicyHolder
{
    internal sealed record Request(string Name, string? Scope, string? Project, OffsetPaging Paging);

    public override Request Read(Parameters wire) => new(
        kind.ReadName(wire),
        wire.Word("Scope", PolicyScopes.Specified, PolicyScopes.Unspecified, "All") is { } scope ? scope == PolicyScopes.Specified ? scope : PolicyScopes.Unspecified : null,
        wire.Text("ProjectID", UprojectRules.ProjectId),
        OffsetPaging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(kind.Ask(scene, permission, request.Name));

    public override Outcome<CountedList> Run(Request request, Scene scene)
    {
        Binding[] all = [.. Binding.Of(kind.Require(scene, request.Name)).Where(binding => IsAsked(binding, request))];
        return new Outcome<CountedList>(request.Paging.Of("Policies", all, binding => new BoundPolicy(binding, scene)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [kind.Resource(scene, request.Name)];

    private static bool IsAsked(Binding binding, Request request) =>
        (request.Scope is null || request.Scope == binding.Scope) && (request.Project is null || request.Project == binding.Project);
}

/// <summary>A policy in the list of its holder's.</summary>
internal sealed record BoundPolicy(Binding Binding, Scene Scene) : IShape
{
    public void Write(ShapeWriter writer)
    {
        var policy = Scene.Home.FindPolicy(Binding.Policy);
        writer.Text("PolicyName", policy?.Name ?? Binding.Policy[(Binding.Policy.LastIndexOf('/') + 1)..]);
        writer.Text("PolicyURN", Scene.UrnOf(Binding.Policy));
        writer.Text("Description", policy?.Description ?? "");
        writer.Text("Scope", Binding.Scope);
        writer.Text("ProjectID", Binding.Project ?? "");
        writer.Text("ProjectName", Binding.Project is { } project ? ProjectDirectory.Find(Scene.Home, project)?.Name ?? "" : "");
        writer.Time("AttachedAt", Binding.Since);
    }
}
