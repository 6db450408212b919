using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Actions.Uproject.Policies;
using Daypass.Service.Actions.Uproject.Projects;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>Binds policies to a user, group or role: all of them or none. What is bound already stays as it is.</summary>
/// <param name="kind">What they are bound to.</param>
/// <param name="permission">AWS's name of the operation.</param>
internal abstract class AttachPolicies<T>(HolderKind<T> kind, string permission) : ApiAction<BindingRequest, Nothing>
    where T : class, IPolicyHolder
{
    public override BindingRequest Read(Parameters wire) => BindingRequest.Read(kind, wire);

    public override Question Ask(BindingRequest request, Scene scene) => request.Ask(kind, scene, permission);

    public override Outcome<Nothing> Run(BindingRequest request, Scene scene)
    {
        var holder = kind.Require(scene, request.Name);
        if (request.Project is { } project)
            ProjectDirectory.Require(scene, project);
        var (bindings, changes) = (PolicyBindings.Of(holder), scene.Change());
        foreach (var policy in request.Policies)
        {
            RequireScope(PolicyTarget.RequireAttachable(scene, policy), request);
            if (bindings.Has(policy, request.Project))
                continue;
            kind.AttachedPolicies.AdmitOneMore(bindings.Count);
            bindings = bindings.With(policy, request.Project, scene.NowInSeconds);
            changes.UsePolicy(policy);
        }
        if (request.Project is not null)
            changes.UseProject(request.Project);
        return new Outcome<Nothing>(Nothing.Instance, bindings.Count == PolicyBindings.Of(holder).Count ? null : changes.Put(kind.Documents, kind.WithBindings(holder, bindings)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(BindingRequest request, Scene scene) => request.Resources(kind, scene);

    private static void RequireScope(ManagedPolicy policy, BindingRequest request)
    {
        if (request.Project is not null && PolicyView.ScopeTypeOf(policy) == PolicyScopes.Empty)
            throw Errors.BadParameter("Scope", $"The policy {policy.Name} is for the whole account ({PolicyScopes.Empty}) and cannot be bound to one project. Use Scope={PolicyScopes.Unspecified}.");
    }
}
