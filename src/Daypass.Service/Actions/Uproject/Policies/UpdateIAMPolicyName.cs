using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Policies;

/// <summary>
/// Another description for a policy, or another name. AWS has neither. A name is what everything else knows a policy by: to give it away is to
/// delete the policy there and to make it elsewhere, asks for both, and is refused while the policy is in use, as deleting it is.
/// </summary>
internal sealed class UpdateIAMPolicyName : ApiAction<UpdateIAMPolicyName.Request, UpdateIAMPolicyName.Response>
{
    internal sealed record Request(string PolicyArn, string PolicyName, string? Description);

    internal sealed record Response(string PolicyUrn) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("PolicyURN", PolicyUrn);
    }

    public override Request Read(Parameters wire) => new(
        SceneNames.ReadPolicy(wire, "PolicyURN"), wire.RequiredText("PolicyName", TextRules.PolicyName), wire.Text("Description", UprojectRules.Description));

    public override Question Ask(Request request, Scene scene)
    {
        var update = PolicyTarget.Ask(scene, Name, request.PolicyArn);
        var target = NewArn(request).ToString();
        return target == request.PolicyArn
            ? Question.Of(update)
            : new Question([update, update with { Resource = target }, update with { Action = "iam:DeletePolicy" }, update with { Action = "iam:CreatePolicy", Resource = target }]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var policy = PolicyTarget.RequireOwn(scene, Name, request.PolicyArn);
        var updated = policy with { Name = request.PolicyName, Description = request.Description ?? policy.Description, Updated = scene.NowInSeconds };
        var answer = new Response(scene.UrnOf(NewArn(request)));
        return new Outcome<Response>(answer, updated.Name == policy.Name ? scene.Change().Put(DocumentKinds.Policy, updated) : Rename(policy, updated, request, scene));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        new[] { request.PolicyArn, NewArn(request).ToString() }.Distinct().Select(PolicyTarget.Resource);

    private static Changes Rename(ManagedPolicy policy, ManagedPolicy updated, Request request, Scene scene)
    {
        PolicyUse.RequireUnused(request.PolicyArn, scene);
        var changes = scene.Change().DropGuard(Guards.AttachmentsOf(request.PolicyArn));
        if (DocumentKinds.Fold(updated.Name) != DocumentKinds.Fold(policy.Name))
        {
            NewPolicy.RequireFree(updated.Name, scene);
            changes.Delete(DocumentKinds.Policy, policy);
        }
        return changes.Put(DocumentKinds.Policy, updated);
    }

    private static Arn NewArn(Request request)
    {
        var arn = PolicyTarget.Parse(request.PolicyArn);
        return Arn.Of(arn.Service, arn.Region, arn.Account, arn.Resource[..(arn.Resource.LastIndexOf('/') + 1)] + request.PolicyName);
    }
}
