using System.Text.Json.Nodes;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.Simulations;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>What AWS's simulator cannot do: trust policies, session policies, whole traces.</summary>
public sealed class SimulationExtensionTests
{
    private const string Alice = "arn:aws:iam::123456789012:user/alice";
    private const string Role = "arn:aws:iam::123456789012:role/ops";
    private const string Assume = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""";
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData("trusting the caller", Alice, "implicitDeny", "allowed", "TrustPolicy")]
    [InlineData("trusting the account", "123456789012", "implicitDeny", "implicitDeny")]
    [InlineData("trusting somebody else", "arn:aws:iam::123456789012:user/bob", "implicitDeny", "implicitDeny")]
    public void A_trust_policy_decides_who_may_assume_the_role(string because, string principal, string without, string with, params string[] matched)
    {
        (string, string)[] call = [("ActionNames.member.1", "sts:AssumeRole"), ("CallerArn", Alice), .. Resources(Role)];
        Assert.Equal(without, Only(_bench.Call("SimulateCustomPolicy", [.. Given([]), .. call])).Decision());
        var result = Only(_bench.Call("SimulateCustomPolicy", [.. Given([]), .. call, ("TrustPolicy", Texts.Trusting(principal))]));
        Assert.True(with == result.Decision(), because);
        Assert.Equal(matched, result.MatchedIds());
    }

    [Fact]
    public void An_administrator_is_not_let_in_by_a_silent_trust_policy()
    {
        (string, string)[] call = [.. Given([AllowAll]), ("ActionNames.member.1", "sts:AssumeRole"), ("CallerArn", Alice), .. Resources(Role)];
        Assert.Equal("allowed", Only(_bench.Call("SimulateCustomPolicy", call)).Decision());
        Assert.Equal("implicitDeny", Only(_bench.Call("SimulateCustomPolicy", [.. call, ("TrustPolicy", Texts.Trusting("arn:aws:iam::123456789012:user/bob"))])).Decision());
        var byAccount = Only(_bench.Call("SimulateCustomPolicy", [.. call, ("TrustPolicy", Texts.Trusting("123456789012"))]));
        Assert.Equal(["PolicyInputList.1"], byAccount.MatchedIds());
    }

    [Fact]
    public void Other_actions_do_not_look_at_it() =>
        Assert.Equal("allowed", _bench.Custom([Allow], ("TrustPolicy", Texts.Trusting("arn:aws:iam::123456789012:user/bob")), ("CallerArn", Alice)).Decision());

    [Fact]
    public void Its_conditions_see_the_entries_given()
    {
        var trust = $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{{Alice}}}"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"42"} } }]}""";
        (string, string)[] call = [.. Given([]), ("ActionNames.member.1", "sts:AssumeRole"), ("CallerArn", Alice), .. Resources(Role), ("TrustPolicy", trust)];
        Assert.Equal(["sts:ExternalId"], Only(_bench.Call("SimulateCustomPolicy", call)).Missing());
        Assert.Equal("allowed", Only(_bench.Call("SimulateCustomPolicy", [.. call, .. Key("sts:ExternalId", "string", ["42"])])).Decision());
    }

    [Theory]
    [InlineData("oidc-provider/idp.example.com", "sts:AssumeRoleWithWebIdentity", "allowed")]
    [InlineData("oidc-provider/evil.example.com", "sts:AssumeRoleWithWebIdentity", "implicitDeny")]
    [InlineData("saml-provider/idp.example.com", "sts:AssumeRoleWithWebIdentity", "implicitDeny")]
    public void With_a_trust_policy_the_caller_may_be_an_identity_provider(string provider, string action, string decision)
    {
        var trust = Texts.Trusting("arn:aws:iam::123456789012:oidc-provider/idp.example.com", "Federated", "sts:AssumeRoleWithWebIdentity");
        (string, string)[] call = [.. Given([]), ("ActionNames.member.1", action), ("CallerArn", "arn:aws:iam::123456789012:" + provider), .. Resources(Role)];
        Assert.Equal(decision, Only(_bench.Call("SimulateCustomPolicy", [.. call, ("TrustPolicy", trust)])).Decision());
        Assert.Contains("Caller must be", _bench.Refusal("SimulateCustomPolicy", call).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("allowed", Allow)]
    [InlineData("implicitDeny", AllowPut)]
    [InlineData("explicitDeny", Deny, "SessionPolicyInputList.1 Session Policy 1:38-1:94")]
    public void Session_policies_limit_a_session(string decision, string policy, params string[] matched)
    {
        var result = _bench.Custom([Allow], ("SessionPolicyInputList.member.1", policy));
        Assert.Equal(decision, result.Decision());
        if (decision != "allowed")
            Assert.Equal(matched, result.Matched());
    }

    [Fact]
    public void Several_session_policies_count_together()
    {
        Assert.Equal("allowed", _bench.Custom([Allow], ("SessionPolicyInputList.member.1", AllowPut), ("SessionPolicyInputList.member.2", Allow)).Decision());
        Assert.Equal(["PolicyInputList.1"], _bench.Custom([Allow], ("SessionPolicyInputList.member.1", Allow)).MatchedIds());
    }

    [Fact]
    public void Only_roles_have_sessions()
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        _bench.Call("CreateRole", ("RoleName", "ops"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        _bench.Call("PutRolePolicy", ("RoleName", "ops"), ("PolicyName", "p"), ("PolicyDocument", If("""{"StringLike":{"aws:userid":"*:night-shift"}}""")));
        (string, string)[] call = [("SessionPolicyInputList.member.1", AllowAll), ("RoleSessionName", "night-shift")];
        Assert.Equal("allowed", _bench.Principal("role/ops", call).Decision());
        Assert.Equal("implicitDeny", _bench.Principal("role/ops").Decision());
        var error = _bench.Refusal("SimulatePrincipalPolicy", [("PolicySourceArn", Alice), ("ActionNames.member.1", "s3:GetObject"), .. call]);
        Assert.Contains("SessionPolicyInputList needs a role", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_is_named_by_resource_policies_as_itself()
    {
        var policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::123456789012:assumed-role/ops/night-shift"},"Action":"*","Resource":"*"}]}""";
        (string, string)[] call = [("ResourcePolicy", policy), ("CallerArn", Role), ("SessionPolicyInputList.member.1", AllowPut), .. Resources(First)];
        Assert.Equal("implicitDeny", _bench.Custom([], call).Decision());
        Assert.Equal("allowed", _bench.Custom([], [.. call, ("RoleSessionName", "night-shift")]).Decision());
    }

    [Fact]
    public void Explained_results_carry_the_whole_trace()
    {
        Assert.Null(_bench.Custom([Allow])["Explanation"]);
        var everything = _bench.Custom([AllowPut], ("Explain", "true"));
        Assert.Contains("because no identity-based policy allows the s3:GetObject action", everything.Text("Explanation"), StringComparison.Ordinal);
        var specific = _bench.Custom([Allow], [("Explain", "true"), .. Resources(First)]);
        Assert.Null(specific["Explanation"]);
        Assert.Contains("PolicyInputList.1, Allow (statement 1, line 1, column 38)", specific["ResourceSpecificResults"]![0]!.Text("Explanation"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_custom_simulation_looks_at_nothing_stored()
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        var withId = If("""{"Null":{"aws:userid":"false"}}""");
        Assert.Equal("implicitDeny", _bench.Custom([withId], ("CallerArn", Alice)).Decision());
        foreach (var parameter in (string[])["UseTrustPolicies", "RoleChain.member.1"])
            Assert.Contains("SimulatePrincipalPolicy", _bench.Refusal("SimulateCustomPolicy", [.. Given([Assume]), ("ActionNames.member.1", "s3:GetObject"), (parameter, Role)]).Message, StringComparison.Ordinal);
    }

    private static JsonNode Only(JsonNode response) => response["EvaluationResults"]!.AsArray().Single()!;
}
