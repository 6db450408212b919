using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>Takes policies from a user, group or role, those bound in just this way: all of them or none.</summary>
/// <param name="kind">What they are taken from.</param>
/// <param name="permission">AWS's name of the operation.</param>
internal abstract class DetachPolicies<T>(HolderKind<T> kind, string permission) : ApiAction<BindingRequest, Nothing>
    where T : class, IPolicyHolder
{
    public override BindingRequest Read(Parameters wire) => BindingRequest.Read(kind, wire);

    public override Question Ask(BindingRequest request, Scene scene) => request.Ask(kind, scene, permission);

    public override Outcome<Nothing> Run(BindingRequest request, Scene scene)
    {
        var holder = kind.Require(scene, request.Name);
        var bindings = PolicyBindings.Of(holder);
        foreach (var policy in request.Policies)
        {
            if (!bindings.Has(policy, request.Project))
                throw Errors.NoSuchPolicy($"Policy {scene.UrnOf(policy)} is not bound to {holder.Name} {(request.Project is null ? "for all projects" : "in project " + request.Project)}.");
            bindings = bindings.Without(policy, request.Project);
        }
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(kind.Documents, kind.WithBindings(holder, bindings)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(BindingRequest request, Scene scene) => request.Resources(kind, scene);
}
