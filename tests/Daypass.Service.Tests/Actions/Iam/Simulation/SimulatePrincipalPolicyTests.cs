using Daypass.Names;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.Simulations;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

public sealed class SimulatePrincipalPolicyTests
{
    private const string User = "user/team/alice";
    private readonly ActionBench _bench = new();

    public SimulatePrincipalPolicyTests()
    {
        _bench.Call("CreateUser", ("UserName", "alice"), ("Path", "/team/"));
        _bench.Call("CreateGroup", ("GroupName", "writers"));
        _bench.Call("CreateRole", ("RoleName", "ops"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        _bench.Call("AddUserToGroup", ("UserName", "alice"), ("GroupName", "writers"));
        _bench.Call("PutUserPolicy", ("UserName", "alice"), ("PolicyName", "reading"), ("PolicyDocument", Allow));
        _bench.Call("PutGroupPolicy", ("GroupName", "writers"), ("PolicyName", "writing"), ("PolicyDocument", AllowPut));
        _bench.Call("PutRolePolicy", ("RoleName", "ops"), ("PolicyName", "reading"), ("PolicyDocument", Allow));
        _bench.Call("CreatePolicy", ("PolicyName", "deleting"), ("Path", "/team/"), ("PolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:DeleteObject","Resource":"*"}]}"""));
        _bench.Call("AttachUserPolicy", ("UserName", "alice"), ("PolicyArn", "arn:aws:iam::123456789012:policy/team/deleting"));
        _bench.Call("AttachGroupPolicy", ("GroupName", "writers"), ("PolicyArn", "arn:aws:iam::123456789012:policy/team/deleting"));
        _bench.Call("AttachRolePolicy", ("RoleName", "ops"), ("PolicyArn", Texts.Administrator));
    }

    [Theory]
    [InlineData(User, "s3:GetObject", "allowed", "user_alice_reading")]
    [InlineData(User, "s3:PutObject", "allowed", "group_writers_writing")]
    [InlineData(User, "s3:DeleteObject", "allowed", "deleting")]
    [InlineData(User, "s3:ListBucket", "implicitDeny")]
    [InlineData("group/writers", "s3:PutObject", "allowed", "group_writers_writing")]
    [InlineData("group/writers", "s3:GetObject", "implicitDeny")]
    [InlineData("role/ops", "s3:GetObject", "allowed", "role_ops_reading", "AdministratorAccess")]
    [InlineData("user/other/path/alice", "s3:GetObject", "allowed", "user_alice_reading")]
    public void An_entity_is_simulated_with_the_policies_of_its_live_calls(string source, string action, string decision, params string[] policies)
    {
        var result = _bench.Principal(source, ("ActionNames.member.1", action));
        Assert.Equal(decision, result.Decision());
        Assert.Equal(policies, result.MatchedIds());
        Assert.All(result["MatchedStatements"].Each("SourcePolicyType"), type => Assert.Equal("IAM Policy", type));
    }

    [Fact]
    public void Further_policies_join_those_of_the_entity()
    {
        Assert.Equal(["user_alice_reading", "PolicyInputList.1"], _bench.Principal(User, ("PolicyInputList.member.1", AllowAll)).MatchedIds());
        Assert.Equal("explicitDeny", _bench.Principal(User, ("PolicyInputList.member.1", Deny)).Decision());
    }

    [Fact]
    public void Its_boundary_counts_and_a_boundary_that_is_passed_takes_its_place()
    {
        _bench.Call("CreatePolicy", ("PolicyName", "limits"), ("PolicyDocument", Deny));
        _bench.Call("PutUserPermissionsBoundary", ("UserName", "alice"), ("PermissionsBoundary", Texts.Limits));
        Assert.Equal(["limits Permissions Boundary Policy 1:38-1:94"], _bench.Principal(User).Matched());
        Assert.Equal("allowed", _bench.Principal(User, ("PermissionsBoundaryPolicyInputList.member.1", AllowAll)).Decision());
        Assert.Equal("allowed", _bench.Principal(User, ("PolicyExclusionList.member.1.PolicyType", "permission-boundary")).Decision());
        Assert.Null(_bench.Principal(User, ("PolicyExclusionList.member.1.PolicyType", "permission-boundary"))["PermissionsBoundaryDecisionDetail"]);
    }

    [Theory]
    [InlineData("implicitDeny", "allowed", "PolicyType", "inline")]
    [InlineData("allowed", "implicitDeny", "PolicyType", "user-managed")]
    [InlineData("allowed", "allowed", "PolicyType", "aws-managed")]
    [InlineData("allowed", "allowed", "PolicyType", "rcp")]
    [InlineData("allowed", "implicitDeny", "PolicyArn", "arn:aws:iam::123456789012:policy/team/deleting")]
    [InlineData("allowed", "implicitDeny", "PolicyArn", "arn:aws:iam::123456789012:policy/deleting")]
    [InlineData("allowed", "implicitDeny", "PolicyArn", "arn:aws:iam::123456789012:policy/*ing")]
    [InlineData("allowed", "allowed", "PolicyArn", "arn:aws:iam::123456789012:policy/other/deleting")]
    [InlineData("implicitDeny", "allowed", "InlinePolicyIdentifier", "user", "alice", "reading")]
    [InlineData("implicitDeny", "allowed", "InlinePolicyIdentifier", "user", "al*", "reading")]
    [InlineData("allowed", "allowed", "InlinePolicyIdentifier", "group", "alice", "reading")]
    [InlineData("allowed", "allowed", "InlinePolicyIdentifier", "user", "bob", "reading")]
    [InlineData("allowed", "allowed", "InlinePolicyIdentifier", "user", "alice", "writing")]
    public void Policies_that_are_left_out_count_for_nothing(string get, string delete, string member, params string[] values)
    {
        var prefix = "PolicyExclusionList.member.1." + member;
        (string, string)[] exclusion = values.Length == 1
            ? [(prefix, values[0])]
            : [(prefix + ".AttachmentType", values[0]), (prefix + ".AttachmentName", values[1]), (prefix + ".PolicyName", values[2])];
        Assert.Equal(get, _bench.Principal(User, exclusion).Decision());
        Assert.Equal(delete, _bench.Principal(User, [("ActionNames.member.1", "s3:DeleteObject"), .. exclusion]).Decision());
    }

    [Fact]
    public void Policies_of_aws_can_be_left_out_by_their_kind()
    {
        Assert.Equal("allowed", _bench.Principal("role/ops", ("ActionNames.member.1", "s3:PutObject")).Decision());
        Assert.Equal("implicitDeny", _bench.Principal("role/ops", ("ActionNames.member.1", "s3:PutObject"), ("PolicyExclusionList.member.1.PolicyType", "aws-managed")).Decision());
    }

    [Theory]
    [InlineData("PolicyType", "inline", "PolicyArn", "arn:aws:iam::123456789012:policy/deleting")]
    [InlineData("PolicyArn", "arn:aws:iam::123456789012:policy/*/*")]
    [InlineData("InlinePolicyIdentifier.PolicyName", "reading")]
    public void An_exclusion_names_one_thing(params string[] members)
    {
        var error = _bench.Refusal(
            "SimulatePrincipalPolicy",
            [("PolicySourceArn", "arn:aws:iam::123456789012:" + User), ("ActionNames.member.1", "s3:GetObject"), .. members.AsPairs().Select(pair => ("PolicyExclusionList.member.1." + pair.Item1, pair.Item2))]);
        Assert.Equal("InvalidInput", error.Code);
        Assert.Contains("PolicyExclusionList.member.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_brings_its_name_and_id_and_a_role_its_arn()
    {
        var id = _bench.Home.FindUser("alice")!.Id;
        var asUser = If($$$"""{"StringEquals":{"aws:username":"alice","aws:userid":"{{{id}}}","aws:PrincipalArn":"arn:aws:iam::123456789012:user/team/alice"}}""", action: "sqs:*");
        Assert.Equal("allowed", _bench.Principal(User, ("ActionNames.member.1", "sqs:SendMessage"), ("PolicyInputList.member.1", asUser)).Decision());
        var asRole = If("""{"StringEquals":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/ops"},"Null":{"aws:username":"true","aws:PrincipalTag/team":"true"}}""", "Deny", "sqs:*");
        Assert.Equal("explicitDeny", _bench.Principal("role/ops", ("ActionNames.member.1", "sqs:SendMessage"), ("PolicyInputList.member.1", asRole)).Decision());
    }

    [Fact]
    public void Another_caller_acts_with_the_policies_of_the_entity()
    {
        var asBob = If("""{"StringEquals":{"aws:username":"bob"},"Null":{"aws:userid":"true"}}""", action: "sqs:*");
        (string, string)[] call = [("ActionNames.member.1", "sqs:SendMessage"), ("PolicyInputList.member.1", asBob)];
        Assert.Equal("allowed", _bench.Principal(User, [.. call, ("CallerArn", "arn:aws:iam::123456789012:user/bob")]).Decision());
        Assert.Equal("implicitDeny", _bench.Principal(User, call).Decision());
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/nobody", "NoSuchEntity", "The user with name nobody cannot be found.")]
    [InlineData("arn:aws:iam::123456789012:group/nobody", "NoSuchEntity", "The group with name nobody cannot be found.")]
    [InlineData("arn:aws:iam::123456789012:role/nobody", "NoSuchEntity", "The role with name nobody cannot be found.")]
    [InlineData("arn:aws:iam::999999999999:user/alice", "AccessDenied", "on resource: arn:aws:iam::999999999999:user/alice")]
    [InlineData("arn:aws:iam::123456789012:policy/team/deleting", "InvalidInput", "does not clearly define entity type and name")]
    [InlineData("arn:aws:iam::123456789012:user/", "InvalidInput", "does not clearly define entity type and name")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/ops/session", "InvalidInput", "does not clearly define entity type and name")]
    public void Only_entities_of_the_account_are_simulated(string arn, string code, string message)
    {
        foreach (var action in (string[])["SimulatePrincipalPolicy", "GetContextKeysForPrincipalPolicy"])
        {
            var error = _bench.Refusal(action, ("PolicySourceArn", arn), ("ActionNames.member.1", "s3:GetObject"));
            Assert.Equal(code, error.Code);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_permission_is_on_the_entity_as_it_is_stored_whatever_path_is_written()
    {
        _bench.AsHolderOf("iam:SimulatePrincipalPolicy", "arn:aws:iam::123456789012:user/team/*");
        Assert.Equal("allowed", _bench.Principal(User).Decision());
        Assert.Equal("allowed", _bench.Principal("user/alice").Decision());
        Assert.Equal("AccessDenied", _bench.Refusal("SimulatePrincipalPolicy", ("PolicySourceArn", "arn:aws:iam::123456789012:role/team/ops"), ("ActionNames.member.1", "s3:GetObject")).Code);
    }

    [Fact]
    public void Whoever_may_not_simulate_does_not_learn_who_exists()
    {
        _bench.AsHolderOf("iam:GetUser");
        var there = _bench.Refusal("SimulatePrincipalPolicy", ("PolicySourceArn", "arn:aws:iam::123456789012:role/ops"), ("ActionNames.member.1", "s3:GetObject"));
        var missing = _bench.Refusal("SimulatePrincipalPolicy", ("PolicySourceArn", "arn:aws:iam::123456789012:role/xyz"), ("ActionNames.member.1", "s3:GetObject"));
        Assert.Equal(there.Message.Replace("ops", "xyz", StringComparison.Ordinal), missing.Message);
    }

    [Fact]
    public void An_account_of_an_organization_is_within_its_policies_unless_they_are_left_out()
    {
        _bench.Call("CreateOrganization");
        Assert.True(_bench.Principal(User)["OrganizationsDecisionDetail"]!["AllowedByOrganizations"]!.GetValue<bool>());
        Assert.Null(_bench.Principal(User, ("PolicyExclusionList.member.1.PolicyType", "scp"))["OrganizationsDecisionDetail"]);
    }

    [Fact]
    public void A_simulation_changes_nothing_and_names_its_entity_in_the_trail()
    {
        var call = _bench.Begin("SimulatePrincipalPolicy", ("PolicySourceArn", "arn:aws:iam::123456789012:" + User), ("ActionNames.member.1", "s3:GetObject"));
        Assert.Null(call.Changes);
        Assert.Equal("arn:aws:iam::123456789012:" + User, Assert.Single(call.Resources).Name);
    }
}
