using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>Takes an attached managed policy from a user, group or role.</summary>
internal abstract class DetachPolicy<T>(HolderKind<T> kind) : ApiAction<AttachmentRequest, Nothing>
    where T : class, IPolicyHolder
{
    public override AttachmentRequest Read(Parameters wire) => new(kind.ReadName(wire), PolicyTarget.Read(wire));

    public override Question Ask(AttachmentRequest request, Scene scene) => Question.Of(request.Ask(kind, scene, Name));

    public override Outcome<Nothing> Run(AttachmentRequest request, Scene scene)
    {
        var holder = kind.Require(scene, request.Name);
        if (!holder.Attached.Contains(request.PolicyArn))
            throw Errors.NoSuchEntity($"Policy {request.PolicyArn} was not found.");
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(kind.Documents, kind.WithAttached(holder, [.. holder.Attached.Where(arn => arn != request.PolicyArn)])));
    }

    public override IEnumerable<AuditResource> ResourcesOf(AttachmentRequest request, Scene scene) => request.Resources(kind, scene);
}
