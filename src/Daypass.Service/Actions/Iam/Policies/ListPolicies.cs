using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>The managed policies that the account can use: its own and AWS's.</summary>
internal sealed class ListPolicies : ApiAction<ListPolicies.Request, ListResponse>
{
    internal sealed record Request(string Scope, bool OnlyAttached, string Prefix, PolicyUsage Usage, Paging Paging);

    public override Request Read(Parameters wire) => new(
        wire.Word("Scope", "All", "AWS", "Local") ?? "All",
        wire.Flag("OnlyAttached") ?? false,
        wire.Text("PathPrefix", TextRules.PolicyPath) ?? "/",
        PolicyUsage.Read(wire),
        Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(ResourceKeys.On(scene, "iam:ListPolicies", Arn.Iam(scene.Home.Account, "policy" + request.Prefix), []));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        var uses = new PolicyUses(scene.Home);
        var policies = InScope(request.Scope, scene)
            .Where(policy => PathPrefix.HasPath(request.Prefix, policy.Policy.Path))
            .Where(policy => !request.OnlyAttached || uses.Attachments(policy.Arn) > 0)
            .Where(policy => !request.Usage.IsNarrow || request.Usage.IsUse(policy.Arn, uses))
            .Select(policy => new PolicyShape(policy.Policy, policy.Arn, uses.Attachments(policy.Arn), uses.Boundaries(policy.Arn)) { HasTags = false, HasDescription = false });
        return new Outcome<ListResponse>(ListResponse.Of("Policies", request.Paging.Of(policies, policy => PolicyTarget.KeyOf(policy.Arn)), policy => policy));
    }

    private static IEnumerable<(ManagedPolicy Policy, string Arn)> InScope(string scope, Scene scene)
    {
        var own = scope == "AWS" ? [] : scene.Home.Documents.All(DocumentKinds.Policy).Select(policy => (policy, policy.ArnIn(scene.Home.Account.ToString()).ToString()));
        var ofAws = scope == "Local" ? [] : AwsManagedPolicies.All.Select(policy => (policy, policy.ArnIn("aws").ToString()));
        // Those of uproject are shown where they are in use: so nothing that grants is hidden from AWS's clients, and no list of theirs is full of strangers.
        var uses = new PolicyUses(scene.Home);
        var inUse = scope == "Local" ? [] : UprojectManagedPolicies.All.Select(policy => (policy, Arn: policy.ArnIn(Urn.Cloud).ToString())).Where(policy => uses.Attachments(policy.Arn) + uses.Boundaries(policy.Arn) > 0);
        return own.Concat(ofAws).Concat(inUse);
    }
}
