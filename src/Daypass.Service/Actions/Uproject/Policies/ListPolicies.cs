using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Policies;

/// <summary>
/// The policies of the account or of the system, by name, with their documents. AWS's list has none, so whose document is shown is asked for, too:
/// what GetPolicyVersion is denied for is not read here.
/// </summary>
internal sealed class ListPolicies : ApiAction<ListPolicies.Request, CountedList>
{
    private const string System = "UCS";
    private const string Custom = "User";

    internal sealed record Request(bool IsOfSystem, OffsetPaging Paging);

    public override Request Read(Parameters wire) => new(wire.RequiredWord("Owner", System, Custom) == System, OffsetPaging.Read(wire));

    public override Question Ask(Request request, Scene scene) => new(
    [
        ResourceKeys.On(scene, "iam:ListPolicies", Arn.Iam(scene.Home.Account, "policy/"), []),
        .. Page(request, scene).Select(policy => PolicyTarget.Ask(scene, "GetPolicyVersion", policy.Arn)),
    ]);

    public override Outcome<CountedList> Run(Request request, Scene scene) => new(new CountedList(
        "Policies", [.. Page(request, scene)], request.IsOfSystem ? UprojectManagedPolicies.All.Count : scene.Home.Documents.Count(DocumentKinds.Policy)));

    private static IEnumerable<PolicyView> Page(Request request, Scene scene)
    {
        var (policies, owner) = request.IsOfSystem ? (UprojectManagedPolicies.All, Urn.Cloud) : (scene.Home.Documents.All(DocumentKinds.Policy), scene.Home.Account.ToString());
        return request.Paging.Of(policies).Select(policy => new PolicyView(policy, policy.ArnIn(owner).ToString(), scene));
    }
}
