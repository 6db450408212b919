using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>What the system's policies allow of what this installation does itself, over the catalogues of all dialects: what their names say and nothing more.</summary>
public sealed class SystemPolicyTests
{
    private static readonly ApiAction[] Everything = [.. new ActionCatalog().Everything];

    private static readonly Dictionary<string, Func<ApiAction, bool>> Meanings = new()
    {
        ["AdministratorAccess"] = _ => false,
        ["IAMFullAccess"] = action => action.Service.Name == "iam",
        ["IAMReadOnlyAccess"] = action => action.Service.Name == "iam" && (action.Name.StartsWith("Get", StringComparison.Ordinal) || action.Name.StartsWith("List", StringComparison.Ordinal)),
        ["STSFullAccess"] = action => action.Service.Name == "sts",
        ["STSCreateOnlyAccess"] = action => action is { Service.Name: "sts", Name: "AssumeRole" },
    };

    public static TheoryData<string> Names => [.. UprojectManagedPolicies.All.Select(policy => policy.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_system_policy_allows_what_its_name_says_and_the_product_s_none_of_it(string name)
    {
        var means = Meanings.GetValueOrDefault(name, _ => false);
        var policy = UprojectManagedPolicies.All.Single(policy => policy.Name == name);
        Assert.All(Everything, action => Assert.Equal((action.Name, means(action)), (action.Name, Allows(policy, $"{action.Service.Name}:{action.Name}"))));
    }

    [Fact]
    public void Who_may_only_read_in_IAM_changes_nothing() =>
        Assert.All(Everything.Where(action => Meanings["IAMReadOnlyAccess"](action)), action => Assert.False(action.Writes, action.Name));

    /// <summary>Else a service that is new here would be one of the products.</summary>
    [Fact]
    public void Who_administers_products_administers_none_of_this_installation_s_own_services() =>
        Assert.All(ActionCatalog.Services, service => Assert.False(Allows(UprojectManagedPolicies.All.Single(policy => policy.Name == "AdministratorAccess"), service.Name + ":AnythingAtAll")));

    private static bool Allows(ManagedPolicy policy, string action)
    {
        var principal = Principal.User(Support.ActionBench.HomeAccount, $"arn:aws:iam::{Support.ActionBench.HomeAccount}:user/u", "AIDAEXAMPLE");
        var document = PolicyDocument.ReadStored(policy.Default.Document, PolicyType.Identity, policy.Default.Syntax);
        return PolicyEvaluator.Evaluate(
            new AccessRequest(principal, action, "*", Support.ActionBench.HomeAccount, new RequestContext()), new PolicySet { Identity = [new Policy(document, policy.Name, null)] }).IsAllowed;
    }
}
