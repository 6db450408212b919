using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>Writes an inline policy into its holder, in place of one of the same name.</summary>
internal abstract class PutInlinePolicy<T>(HolderKind<T> kind) : ApiAction<PutInlinePolicy<T>.Request, Nothing>
    where T : class, IPolicyHolder
{
    internal sealed record Request(InlinePolicyRequest Target, string Document);

    public override Request Read(Parameters wire) => new(InlinePolicyRequest.Read(kind, wire), wire.PolicyDocument("PolicyDocument", PolicyType.Identity));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(kind.Ask(scene, Name, request.Target.HolderName, kind.BoundaryKey(scene, request.Target.HolderName)));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var holder = kind.Require(scene, request.Target.HolderName);
        PolicyDocuments.Parse(request.Document, PolicyType.Identity);
        var written = With(holder.Inline, new InlinePolicy(request.Target.PolicyName, request.Document));
        PolicyDocuments.CheckInlineSize(written, kind.InlineSize, kind.Noun, holder.Name);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(kind.Documents, kind.WithInline(holder, written)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [kind.Resource(scene, request.Target.HolderName)];

    private static IReadOnlyList<InlinePolicy> With(IReadOnlyList<InlinePolicy> policies, InlinePolicy written) =>
        policies.Any(policy => policy.Name == written.Name)
            ? [.. policies.Select(policy => policy.Name == written.Name ? written : policy)]
            : [.. policies, written];
}
