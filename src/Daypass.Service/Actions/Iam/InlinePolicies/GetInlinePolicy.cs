using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.InlinePolicies;

/// <summary>An inline policy, byte for byte as it was written.</summary>
internal abstract class GetInlinePolicy<T>(HolderKind<T> kind) : ApiAction<InlinePolicyRequest, GetInlinePolicy<T>.Response>
    where T : class, IPolicyHolder
{
    internal sealed record Response(string NameMember, string HolderName, InlinePolicy Policy) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text(NameMember, HolderName);
            writer.Text("PolicyName", Policy.Name);
            writer.Document("PolicyDocument", Policy.Document);
        }
    }

    public override InlinePolicyRequest Read(Parameters wire) => InlinePolicyRequest.Read(kind, wire);

    public override Question Ask(InlinePolicyRequest request, Scene scene) => Question.Of(kind.Ask(scene, Name, request.HolderName));

    public override Outcome<Response> Run(InlinePolicyRequest request, Scene scene)
    {
        var holder = kind.Require(scene, request.HolderName);
        return new Outcome<Response>(new Response(kind.NameParameter, holder.Name, request.RequireIn(kind, holder)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(InlinePolicyRequest request, Scene scene) => [kind.Resource(scene, request.HolderName)];
}
