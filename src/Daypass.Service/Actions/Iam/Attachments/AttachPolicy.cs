using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>Attaches a managed policy to a user, group or role. Attaching what is attached changes nothing.</summary>
internal abstract class AttachPolicy<T>(HolderKind<T> kind) : ApiAction<AttachmentRequest, Nothing>
    where T : class, IPolicyHolder
{
    public override AttachmentRequest Read(Parameters wire) => new(kind.ReadName(wire), PolicyTarget.Read(wire));

    public override Question Ask(AttachmentRequest request, Scene scene) => Question.Of(request.Ask(kind, scene, Name));

    public override Outcome<Nothing> Run(AttachmentRequest request, Scene scene)
    {
        var holder = kind.Require(scene, request.Name);
        PolicyTarget.RequireAttachable(scene, request.PolicyArn);
        if (holder.Attached.Contains(request.PolicyArn))
            return new Outcome<Nothing>(Nothing.Instance);
        var bindings = PolicyBindings.Of(holder);
        kind.AttachedPolicies.AdmitOneMore(bindings.Count);
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(kind.Documents, kind.WithBindings(holder, bindings.With(request.PolicyArn, null, scene.NowInSeconds))).UsePolicy(request.PolicyArn));
    }

    public override IEnumerable<AuditResource> ResourcesOf(AttachmentRequest request, Scene scene) => request.Resources(kind, scene);
}
