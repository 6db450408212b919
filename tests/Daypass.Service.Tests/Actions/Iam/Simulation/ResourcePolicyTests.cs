using System.Text.Json.Nodes;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.Simulations;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>Simulations with a policy on the resource, within an account and across two.</summary>
public sealed class ResourcePolicyTests
{
    private const string Alice = "arn:aws:iam::123456789012:user/alice";
    private const string Other = "arn:aws:iam::999999999999:root";
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData(Alice, "allowed", "ResourcePolicy")]
    [InlineData("*", "allowed", "ResourcePolicy")]
    [InlineData("arn:aws:iam::123456789012:root", "implicitDeny")]
    [InlineData("arn:aws:iam::123456789012:user/bob", "implicitDeny")]
    public void Within_an_account_a_policy_that_names_the_caller_is_enough(string principal, string decision, params string[] policies)
    {
        var result = Ask([], On(principal));
        Assert.Equal(decision, result.Decision());
        Assert.Equal(policies, result.MatchedIds());
        Assert.Empty(result["EvalDecisionDetails"]!.AsObject());
        Assert.Null(result["ResourceSpecificResults"]![0]!["EvalDecisionDetails"]);
    }

    [Fact]
    public void Both_are_listed_when_both_allow_but_not_an_owner_that_names_the_account_only()
    {
        Assert.Equal(["ResourcePolicy Resource Policy 1:38-1:154", "PolicyInputList.1 IAM Policy 1:38-1:95"], Ask([Allow], On(Alice)).Matched());
        Assert.Equal(["PolicyInputList.1"], Ask([Allow], On("123456789012")).MatchedIds());
        Assert.Equal(["PolicyInputList.1"], Ask([Allow], On("arn:aws:iam::123456789012:user/bob")).MatchedIds());
    }

    [Fact]
    public void Past_a_silent_boundary_only_the_owner_led()
    {
        var result = Ask([Allow], On(Alice), ("PermissionsBoundaryPolicyInputList.member.1", AllowPut));
        Assert.Equal("allowed", result.Decision());
        Assert.Equal(["ResourcePolicy"], result.MatchedIds());
        Assert.False(result["PermissionsBoundaryDecisionDetail"]!["AllowedByPermissionsBoundary"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("allowed", "allowed", "allowed", Alice, Allow)]
    [InlineData("implicitDeny", "implicitDeny", "allowed", Alice, AllowPut)]
    [InlineData("implicitDeny", "allowed", "implicitDeny", "arn:aws:iam::123456789012:user/bob", Allow)]
    [InlineData("explicitDeny", "explicitDeny", "allowed", Alice, Deny)]
    [InlineData("allowed", "allowed", "allowed", "arn:aws:iam::123456789012:root", Allow)]
    public void Across_accounts_both_must_allow_and_each_is_told(string decision, string identity, string resource, string principal, string policy)
    {
        var result = Ask([policy], On(principal), ("ResourceOwner", Other));
        Assert.Equal(decision, result.Decision());
        Assert.Equal([("IAM Policy", identity), ("Resource Policy", resource)], Details(result));
        Assert.Equal([("IAM Policy", identity), ("Resource Policy", resource)], Details(result["ResourceSpecificResults"]![0]!));
    }

    [Fact]
    public void Across_accounts_the_boundary_is_told_as_well()
    {
        var result = Ask([Allow], On(Alice), ("ResourceOwner", "999999999999"), ("PermissionsBoundaryPolicyInputList.member.1", AllowPut));
        Assert.Equal("implicitDeny", result.Decision());
        Assert.Contains(("Permissions Boundary Policy", "implicitDeny"), Details(result));
    }

    [Fact]
    public void The_arn_says_who_owns_the_resource_and_without_a_resource_policy_nobody_is_asked()
    {
        (string, string)[] queue = [("ResourceArns.member.1", "arn:aws:sqs:us-east-1:999999999999:queue"), ("CallerArn", Alice)];
        var policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"*","Resource":"*"}]}""";
        Assert.NotEmpty(Details(_bench.Custom([Allow], [.. queue, ("ResourcePolicy", policy), ("ResourceOwner", "arn:aws:iam::123456789012:root")])));
        var alone = _bench.Custom([Allow], queue);
        Assert.Equal("allowed", alone.Decision());
        Assert.Empty(Details(alone));
    }

    [Fact]
    public void A_denial_by_the_owner_is_listed_as_his()
    {
        var result = Ask([Allow], On(Alice, "Deny"));
        Assert.Equal("explicitDeny", result.Decision());
        Assert.Equal(["ResourcePolicy Resource Policy 1:38-1:153"], result.Matched());
    }

    [Fact]
    public void Keys_of_the_resource_policy_may_be_missing_as_well()
    {
        var policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"test:resource":"true"}}}]}""";
        Assert.Equal(["test:resource"], Ask([], policy).Missing());
    }

    [Fact]
    public void A_group_is_no_principal_and_a_role_is_named_by_its_arn()
    {
        Assert.Equal("implicitDeny", Ask([], On("123456789012"), caller: "arn:aws:iam::123456789012:group/writers").Decision());
        Assert.Equal("allowed", Ask([], On("arn:aws:iam::123456789012:role/ops"), caller: "arn:aws:iam::123456789012:role/ops").Decision());
        Assert.Equal("implicitDeny", Ask([], On("arn:aws:sts::123456789012:assumed-role/ops/simulation"), caller: "arn:aws:iam::123456789012:role/ops").Decision());
    }

    [Fact]
    public void A_user_is_its_own_caller_and_other_entities_need_one()
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        _bench.Call("CreateRole", ("RoleName", "ops"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        (string, string)[] call = [("ResourcePolicy", On(Alice)), .. Resources(First)];
        Assert.Equal("allowed", _bench.Principal("user/alice", call).Decision());
        Assert.Equal("allowed", _bench.Principal("role/ops", [.. call, ("CallerArn", Alice)]).Decision());
        var error = _bench.Refusal("SimulatePrincipalPolicy", [("PolicySourceArn", "arn:aws:iam::123456789012:role/ops"), ("ActionNames.member.1", "s3:GetObject"), .. call]);
        Assert.Contains("Set CallerArn", error.Message, StringComparison.Ordinal);
    }

    private static string On(string principal, string effect = "Allow") =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Principal":{"AWS":"{{principal}}"},"Action":"s3:GetObject","Resource":"*"}]}""";

    private JsonNode Ask(IReadOnlyList<string> policies, string resourcePolicy, params (string, string)[] more) => Ask(policies, resourcePolicy, Alice, more);

    private JsonNode Ask(IReadOnlyList<string> policies, string resourcePolicy, string caller, params (string, string)[] more) =>
        _bench.Custom(policies, [("ResourcePolicy", resourcePolicy), ("CallerArn", caller), .. Resources(First), .. more]);

    private static IEnumerable<(string, string)> Details(JsonNode result) =>
        result["EvalDecisionDetails"]!.AsObject().Select(detail => (detail.Key, detail.Value!.GetValue<string>())).Order();
}
