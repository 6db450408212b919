using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>The managed policies that are attached to a user, group or role, those too that uproject has bound to a project only.</summary>
internal abstract class ListAttachedPolicies<T>(HolderKind<T> kind) : ApiAction<ListAttachedPolicies<T>.Request, ListResponse>
    where T : class, IPolicyHolder
{
    internal sealed record Request(string Name, string Prefix, Paging Paging);

    public override Request Read(Parameters wire) =>
        new(kind.ReadName(wire), wire.Text("PathPrefix", TextRules.PolicyPath) ?? "/", Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(kind.Ask(scene, Name, request.Name));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        var attached = PolicyBindings.Of(kind.Require(scene, request.Name)).Policies
            .Select(arn => new AttachedPolicy(arn, PolicyTarget.Require(scene, arn)))
            .Where(attached => PathPrefix.HasPath(request.Prefix, attached.Policy.Path));
        return new Outcome<ListResponse>(ListResponse.Of("AttachedPolicies", request.Paging.Of(attached, policy => PolicyTarget.KeyOf(policy.Arn)), policy => policy));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [kind.Resource(scene, request.Name)];
}

/// <summary>A managed policy as the lists of attachments show it.</summary>
internal sealed record AttachedPolicy(string Arn, ManagedPolicy Policy) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("PolicyName", Policy.Name);
        writer.Text("PolicyArn", Arn);
    }
}
