using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>Takes an inline policy out of its holder.</summary>
internal abstract class DeleteInlinePolicy<T>(HolderKind<T> kind) : ApiAction<InlinePolicyRequest, Nothing>
    where T : class, IPolicyHolder
{
    public override InlinePolicyRequest Read(Parameters wire) => InlinePolicyRequest.Read(kind, wire);

    public override Question Ask(InlinePolicyRequest request, Scene scene) =>
        Question.Of(kind.Ask(scene, Name, request.HolderName, kind.BoundaryKey(scene, request.HolderName)));

    public override Outcome<Nothing> Run(InlinePolicyRequest request, Scene scene)
    {
        var holder = kind.Require(scene, request.HolderName);
        var policy = request.RequireIn(kind, holder);
        var left = holder.Inline.Where(other => other != policy);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(kind.Documents, kind.WithInline(holder, [.. left])));
    }

    public override IEnumerable<AuditResource> ResourcesOf(InlinePolicyRequest request, Scene scene) => [kind.Resource(scene, request.HolderName)];
}
