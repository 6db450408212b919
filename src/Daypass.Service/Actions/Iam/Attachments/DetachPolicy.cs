using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>
/// Takes a managed policy from a user, group or role, whichever way it hangs there: AWS has no projects, and when its client is told that the policy
/// is gone it is.
/// </summary>
internal abstract class DetachPolicy<T>(HolderKind<T> kind) : ApiAction<AttachmentRequest, Nothing>
    where T : class, IPolicyHolder
{
    public override AttachmentRequest Read(Parameters wire) => new(kind.ReadName(wire), PolicyTarget.Read(wire));

    public override Question Ask(AttachmentRequest request, Scene scene) => Question.Of(request.Ask(kind, scene, Name));

    public override Outcome<Nothing> Run(AttachmentRequest request, Scene scene)
    {
        var holder = kind.Require(scene, request.Name);
        var bindings = PolicyBindings.Of(holder);
        if (!bindings.Policies.Contains(request.PolicyArn))
            throw Errors.NoSuchEntity($"Policy {request.PolicyArn} was not found.");
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(kind.Documents, kind.WithBindings(holder, bindings.WithoutAny(request.PolicyArn))));
    }

    public override IEnumerable<AuditResource> ResourcesOf(AttachmentRequest request, Scene scene) => request.Resources(kind, scene);
}
