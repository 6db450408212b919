using Daypass.Policies;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Policies;

/// <summary>
/// Gives a policy another document, which counts from now on. The one before is kept as a version; of more than five the oldest goes, which takes the
/// permission to delete versions.
/// </summary>
internal sealed class UpdateIAMPolicy : ApiAction<UpdateIAMPolicy.Request, Nothing>
{
    internal sealed record Request(string PolicyArn, string Document, string? Description, string? VersionDescription, PolicySyntax Syntax);

    public override Request Read(Parameters wire) => new(
        SceneNames.ReadPolicy(wire, "PolicyURN"),
        wire.PolicyDocument("Document", PolicyType.Identity, wire.Syntax),
        wire.Text("Description", UprojectRules.Description),
        wire.Text("VersionDescription", UprojectRules.Description),
        wire.Syntax);

    public override Question Ask(Request request, Scene scene)
    {
        var create = PolicyTarget.Ask(scene, "CreatePolicyVersion", request.PolicyArn);
        return scene.Home.FindPolicy(request.PolicyArn) is { } policy && IsFull(policy) ? new Question([create, create with { Action = "iam:DeletePolicyVersion" }]) : Question.Of(create);
    }

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var policy = WithRoom(PolicyTarget.RequireOwn(scene, "CreatePolicyVersion", request.PolicyArn)).WithVersion(request.Document, request.Syntax, isDefault: true, scene);
        var updated = policy with
        {
            Description = request.Description ?? policy.Description,
            Versions = [.. policy.Versions.SkipLast(1), policy.Versions[^1] with { Description = request.VersionDescription }],
        };
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.Policy, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];

    private static bool IsFull(ManagedPolicy policy) => policy.Versions.Count >= Quotas.VersionsPerPolicy;

    private static ManagedPolicy WithRoom(ManagedPolicy policy) =>
        IsFull(policy) ? policy with { Versions = [.. policy.Versions.Where(version => version != policy.Versions.First(each => each.Id != policy.DefaultVersion))] } : policy;
}
