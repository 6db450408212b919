using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.Simulations;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>Stored trust policies, and roles assumed one after the other.</summary>
public sealed class RoleChainTests
{
    private const string Alice = "arn:aws:iam::123456789012:user/alice";
    private const string First = "arn:aws:iam::123456789012:role/first";
    private const string Second = "arn:aws:iam::123456789012:role/second";
    private const string Assume = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""";
    private readonly ActionBench _bench = new();

    public RoleChainTests()
    {
        _bench.Call("CreateUser", ("UserName", "alice"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "ops"));
        _bench.Call("CreateRole", ("RoleName", "first"), ("AssumeRolePolicyDocument", Texts.Trusting(Alice)));
        _bench.Call("CreateRole", ("RoleName", "second"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        _bench.Call("PutRolePolicy", ("RoleName", "second"), ("PolicyName", "p"), ("PolicyDocument", Allow));
    }

    [Fact]
    public void Stored_trust_policies_decide_when_asked_to()
    {
        Assert.Equal("implicitDeny", Assuming(First).Decision());
        var trusted = Assuming(First, ("UseTrustPolicies", "true"));
        Assert.Equal("allowed", trusted.Decision());
        Assert.Equal(["role_first_TrustPolicy Trust Policy 1:38-1:141"], trusted.Matched());
        Assert.Equal("implicitDeny", Assuming(Second, ("UseTrustPolicies", "true")).Decision());
        Assert.Equal("implicitDeny", Assuming(First, ("UseTrustPolicies", "false")).Decision());
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/other/first")]
    [InlineData("arn:aws-cn:iam::123456789012:role/first")]
    public void A_role_is_assumed_by_its_whole_ARN_as_in_live_calls(string role)
    {
        Assert.Equal("NoSuchEntity", _bench.Refusal("SimulatePrincipalPolicy", Parameters("sts:AssumeRole", ("ResourceArns.member.1", role), ("UseTrustPolicies", "true"))).Code);
        Assert.Equal("NoSuchEntity", _bench.Refusal("SimulatePrincipalPolicy", Parameters("s3:GetObject", ("RoleChain.member.1", role))).Code);
    }

    [Fact]
    public void A_recreated_user_is_not_the_one_that_was_trusted()
    {
        _bench.Call("DeleteUser", ("UserName", "alice"));
        _bench.Call("CreateUser", ("UserName", "alice"));
        Assert.Equal("implicitDeny", Assuming(First, ("UseTrustPolicies", "true")).Decision());
    }

    [Fact]
    public void Tags_of_caller_and_role_count_as_in_live_calls()
    {
        _bench.Call("UpdateAssumeRolePolicy", ("RoleName", "first"), ("PolicyDocument", """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/alice"},"Action":"sts:AssumeRole",
             "Condition":{"StringEquals":{"aws:PrincipalTag/team":"${iam:ResourceTag/team}","sts:RoleSessionName":"simulation"}}}]}
            """));
        Assert.Equal("implicitDeny", Assuming(First, ("UseTrustPolicies", "true")).Decision());
        _bench.Call("TagRole", ("RoleName", "first"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "ops"));
        Assert.Equal("allowed", Assuming(First, ("UseTrustPolicies", "true")).Decision());
        Assert.Equal("implicitDeny", Assuming(First, [("UseTrustPolicies", "true"), .. Key("aws:PrincipalTag/team", "string", ["dev"])]).Decision());
    }

    [Theory]
    [InlineData("arn:aws:iam::999999999999:role/first", "InvalidInput")]
    [InlineData("arn:aws:iam::123456789012:role/nobody", "NoSuchEntity")]
    public void Only_roles_of_the_account_show_whom_they_trust(string role, string code) =>
        Assert.Equal(code, _bench.Refusal("SimulatePrincipalPolicy", Parameters("sts:AssumeRole", ("ResourceArns.member.1", role), ("UseTrustPolicies", "true"))).Code);

    [Fact]
    public void Whoever_may_not_read_a_role_does_not_learn_whom_it_trusts()
    {
        Hold("iam:SimulatePrincipalPolicy", "iam:GetUser");
        var error = _bench.Refusal("SimulatePrincipalPolicy", Parameters("sts:AssumeRole", ("ResourceArns.member.1", First), ("UseTrustPolicies", "true")));
        Assert.Contains($"iam:GetRole on resource: {First}", error.Message, StringComparison.Ordinal);
        Hold("iam:SimulatePrincipalPolicy", "iam:GetRole");
        Assert.Equal("allowed", Assuming(First, ("UseTrustPolicies", "true")).Decision());
    }

    [Fact]
    public void A_chain_ends_in_a_session_of_its_last_role()
    {
        _bench.Call("PutRolePolicy", ("RoleName", "first"), ("PolicyName", "p"), ("PolicyDocument", Assume));
        var response = Chain("s3:GetObject", First, Second);
        Assert.Equal([(First, "allowed"), (Second, "allowed")], Links(response));
        Assert.Null(response["FailedRoleArn"]);
        var result = response["EvaluationResults"]!.AsArray().Single()!;
        Assert.Equal("allowed", result.Decision());
        Assert.Equal(["role_second_p"], result.MatchedIds());
        Assert.Equal("implicitDeny", Chain("s3:GetObject", First)["EvaluationResults"]![0]!.Decision());
    }

    [Fact]
    public void The_role_that_refuses_is_named_and_its_refusal_answers_everything()
    {
        var response = Chain("s3:GetObject", First, Second, First);
        Assert.Equal([(First, "allowed"), (Second, "implicitDeny")], Links(response));
        Assert.Equal(Second, response.Text("FailedRoleArn"));
        Assert.Equal("implicitDeny", response["EvaluationResults"]![0]!.Decision());
        _bench.Call("PutRolePolicy", ("RoleName", "first"), ("PolicyName", "no"), ("PolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"sts:*","Resource":"*"}]}"""));
        response = Chain("s3:GetObject", First, Second);
        Assert.Equal([(First, "allowed"), (Second, "explicitDeny")], Links(response));
        Assert.Equal(["role_first_no"], response["RoleChainResults"]![1]!.MatchedIds());
        Assert.Equal("explicitDeny", response["EvaluationResults"]![0]!.Decision());
    }

    [Fact]
    public void Session_policies_are_those_of_the_last_session_only()
    {
        _bench.Call("PutRolePolicy", ("RoleName", "first"), ("PolicyName", "p"), ("PolicyDocument", Assume));
        var response = Chain("s3:GetObject", [("SessionPolicyInputList.member.1", AllowPut)], First, Second);
        Assert.Null(response["FailedRoleArn"]);
        Assert.Equal("implicitDeny", response["EvaluationResults"]![0]!.Decision());
        Assert.Equal("allowed", Chain("s3:GetObject", [("SessionPolicyInputList.member.1", AllowAll)], First, Second)["EvaluationResults"]![0]!.Decision());
    }

    [Fact]
    public void A_source_identity_takes_its_own_permission_at_each_step()
    {
        var response = Chain("s3:GetObject", Key("sts:SourceIdentity", "string", ["alice"]), First);
        Assert.Equal("sts:SetSourceIdentity", response["RoleChainResults"]![0]!.Text("EvalActionName"));
        Assert.Equal("implicitDeny", response["RoleChainResults"]![0]!.Decision());
    }

    [Fact]
    public void Keys_that_tell_of_one_call_count_for_that_call()
    {
        _bench.Call("PutRolePolicy", ("RoleName", "first"), ("PolicyName", "p"), ("PolicyDocument", If(
            """{"Null":{"aws:ResourceTag/team":"true"},"StringEquals":{"sts:RoleSessionName":"night","aws:UserAgent":"x"}}""", action: "sts:AssumeRole")));
        _bench.Call("PutRolePolicy", ("RoleName", "second"), ("PolicyName", "p"), ("PolicyDocument", If(
            """{"Null":{"sts:RoleSessionName":"true"},"StringEquals":{"aws:ResourceTag/team":"ops","aws:UserAgent":"x"},"StringLike":{"aws:userid":"*:night"}}""")));
        var response = Chain("s3:GetObject", [("RoleSessionName", "night"), .. Key("aws:ResourceTag/team", "string", ["ops"], 2), .. Key("aws:UserAgent", "string", ["x"], 3)], First, Second);
        Assert.Null(response["FailedRoleArn"]);
        Assert.Equal("allowed", response["EvaluationResults"]![0]!.Decision());
    }

    [Fact]
    public void A_source_identity_is_the_sessions_from_there_on()
    {
        _bench.Call("UpdateAssumeRolePolicy", ("RoleName", "first"), ("PolicyDocument", Texts.Trusting(Alice, action: "sts:*")));
        _bench.Call("PutRolePolicy", ("RoleName", "first"), ("PolicyName", "p"), ("PolicyDocument", If("""{"StringEquals":{"aws:SourceIdentity":"alice"},"Null":{"sts:SourceIdentity":"true"}}""")));
        Assert.Equal("allowed", Chain("s3:GetObject", Key("sts:SourceIdentity", "string", ["alice"]), First)["EvaluationResults"]![0]!.Decision());
        Assert.Equal("implicitDeny", Chain("s3:GetObject", First)["EvaluationResults"]![0]!.Decision());
    }

    [Theory]
    [InlineData("RoleChain takes roles of your own account only", "RoleChain.member.1", "arn:aws:iam::999999999999:role/first")]
    [InlineData("RoleChain takes roles of your own account only", "RoleChain.member.1", Alice)]
    [InlineData("Pass either CallerArn or RoleChain", "RoleChain.member.1", First, "CallerArn", Alice)]
    [InlineData("Pass either TrustPolicy or UseTrustPolicies", "UseTrustPolicies", "true", "TrustPolicy", Texts.TrustsAccount)]
    public void Odd_chains_are_refused(string message, params string[] parameters)
    {
        var error = _bench.Refusal("SimulatePrincipalPolicy", Parameters("s3:GetObject", parameters.AsPairs()));
        Assert.Equal("InvalidInput", error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_begins_no_chain()
    {
        _bench.Call("CreateGroup", ("GroupName", "writers"));
        var error = _bench.Refusal("SimulatePrincipalPolicy", ("PolicySourceArn", "arn:aws:iam::123456789012:group/writers"), ("ActionNames.member.1", "s3:GetObject"), ("RoleChain.member.1", First));
        Assert.Contains("RoleChain needs a user or a role", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_role_of_a_chain_takes_the_permission_to_simulate_it()
    {
        Hold("iam:SimulatePrincipalPolicy");
        Assert.NotEmpty(Links(Chain("s3:GetObject", First)));
        _bench.AsHolderOf("iam:SimulatePrincipalPolicy", Alice);
        Assert.Contains(First, _bench.Refusal("SimulatePrincipalPolicy", Parameters("s3:GetObject", ("RoleChain.member.1", First))).Message, StringComparison.Ordinal);
    }

    /// <summary>From here on somebody calls who may do only these.</summary>
    private void Hold(params string[] actions)
    {
        var user = _bench.Home.FindUser("admin")!;
        var allowed = string.Join(',', actions.Select(action => $"\"{action}\""));
        var policy = $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[{{{allowed}}}],"Resource":"*"}}""";
        _bench.Put(DocumentKinds.User, user with { Name = "holder", Id = "AIDAQEXAMPLEHOLDER", Attached = [], Inline = [new InlinePolicy("only", policy)] });
        _bench.As("holder");
    }

    private static (string, string)[] Parameters(string action, params (string, string)[] more) => [("PolicySourceArn", Alice), ("ActionNames.member.1", action), .. more];

    private JsonNode Assuming(string role, params (string, string)[] more) =>
        _bench.Principal("user/alice", [("ActionNames.member.1", "sts:AssumeRole"), ("ResourceArns.member.1", role), .. more]);

    private JsonNode Chain(string action, params string[] roles) => Chain(action, [], roles);

    private JsonNode Chain(string action, (string, string)[] more, params string[] roles) =>
        _bench.Call("SimulatePrincipalPolicy", [.. Parameters(action), .. List("RoleChain", roles), .. more]);

    private static IEnumerable<(string, string)> Links(JsonNode response) =>
        response["RoleChainResults"]!.AsArray().Select(link => (link!.Text("RoleArn"), link!.Decision()));
}
