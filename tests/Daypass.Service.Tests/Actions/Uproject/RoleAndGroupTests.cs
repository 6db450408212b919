using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Tests.Actions.Iam;

namespace Daypass.Service.Tests.Actions.Uproject;

public sealed class RoleAndGroupTests
{
    private readonly UcsWorld _world = new();

    [Fact]
    public void A_role_is_shown_with_its_path_in_its_name_and_its_trust_byte_for_byte()
    {
        var role = _world.Call("GetRole", ("RoleName", "ops/runner"))["Role"]!;
        Assert.Equal(["RoleName", "RoleURN", "Description", "RolePolicyDocument", "MaxSessionDuration", "UpdatedAt", "CreatedAt"], role.AsObject().Select(member => member.Key));
        Assert.Equal(
            ("ops/runner", "ucs:iam::123456789012:role/ops/runner", UcsWorld.Trusting, 3600),
            (Text(role, "RoleName"), Text(role, "RoleURN"), Text(role, "RolePolicyDocument"), role["MaxSessionDuration"]!.GetValue<int>()));
        var aws = _world.Bench.Call("GetRole", ("RoleName", "runner"))["Role"]!;
        Assert.Equal(("/ops/", UcsWorld.Trusting), (Text(aws, "Path"), Text(aws, "AssumeRolePolicyDocument")));
        Assert.Equal(11277, _world.Refusal("GetRole", ("RoleName", "runner")).RetCode);
        Assert.Equal(11277, _world.Refusal("GetRole", ("RoleName", "other/runner")).RetCode);
    }

    [Theory]
    [InlineData("\"ucs:iam::123456789012:user/alice\"")]
    [InlineData("[\"ucs:iam::123456789012:user/alice\"]")]
    [InlineData("{\"UCS\":[\"ucs:iam::123456789012:user/alice\"]}")]
    [InlineData("{\"IAM\":\"ucs:iam::123456789012:user/alice\"}")]
    [InlineData("{\"AWS\":\"arn:aws:iam::123456789012:user/alice\"}")]
    [InlineData("{\"Service\":\"uhost.example.com\",\"UCS\":\"ucs:iam::123456789012:user/alice\"}")]
    public void Trust_is_taken_in_each_form_and_bound_to_whom_it_names(string principal)
    {
        var trust = UcsWorld.Trusting.Replace("""{"UCS":["ucs:iam::123456789012:root"]}""", principal, StringComparison.Ordinal);
        _world.Call("CreateRole", ("RoleName", "theirs"), ("RolePolicyDocument", trust), ("MaxSessionDuration", "7200"), ("Description", "说明"));
        var stored = _world.Bench.Home.FindRole("theirs")!;
        Assert.Equal((_world.Alice.Id, "uproject"), (stored.Trust.Bindings["arn:aws:iam::123456789012:user/alice"], stored.Trust.Syntax));
        _world.Call("DeleteUser", ("UserName", "alice"));
        Assert.Contains(stored.Trust.Bindings["arn:aws:iam::123456789012:user/alice"], Text(_world.Call("GetRole", ("RoleName", "theirs"))["Role"]!, "RolePolicyDocument"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ucs:iam::123456789012:user/nobody")]
    [InlineData("ucs:iam::999999999999:root")]
    [InlineData("ucs:iam::123456789012:group/team")]
    [InlineData("alice")]
    public void Trust_in_nobody_is_refused_and_makes_no_role(string principal)
    {
        var trust = UcsWorld.Trusting.Replace("ucs:iam::123456789012:root", principal, StringComparison.Ordinal);
        var refusal = _world.Refusal("CreateRole", ("RoleName", "theirs"), ("RolePolicyDocument", trust));
        Assert.Equal(("MalformedPolicyDocument", "RolePolicyDocument"), (refusal.Code, Assert.Single(refusal.Fields).Parameter));
        Assert.EndsWith($", at line 1, column {trust.IndexOf(principal, StringComparison.Ordinal)} of the policy.", refusal.Message, StringComparison.Ordinal);
        Assert.Null(_world.Bench.Home.FindRole("theirs"));
    }

    [Theory]
    [InlineData("/runner")]
    [InlineData("ops//runner")]
    [InlineData("ops/")]
    [InlineData("a b")]
    public void What_is_no_name_of_a_role_is_refused(string name) =>
        Assert.Equal("RoleName", _world.Refusal("CreateRole", ("RoleName", name), ("RolePolicyDocument", UcsWorld.Trusting)).Fields[0].Parameter);

    [Fact]
    public void Trust_is_changed_by_who_may_in_AWSs_API_and_what_is_not_passed_stays()
    {
        var narrow = UcsWorld.Trusting.Replace(":root", ":user/alice", StringComparison.Ordinal);
        _world.Bench.AsHolderOf("iam:UpdateRole");
        Assert.Equal("AccessDenied", _world.Refusal("UpdateRole", ("RoleName", "ops/runner"), ("RolePolicyDocument", narrow)).Code);
        _world.Call("UpdateRole", ("RoleName", "ops/runner"), ("MaxSessionDuration", "43200"));
        _world.Bench.AsHolderOf("iam:UpdateAssumeRolePolicy");
        Assert.Equal("AccessDenied", _world.Refusal("UpdateRole", ("RoleName", "ops/runner"), ("MaxSessionDuration", "3600")).Code);
        Assert.Equal("AccessDenied", _world.Refusal("UpdateRole", ("RoleName", "ops/runner"), ("RolePolicyDocument", narrow)).Code);
        _world.Bench.AsHolderOf("iam:Update*Role*");
        var role = _world.Call("UpdateRole", ("RoleName", "ops/runner"), ("RolePolicyDocument", narrow))["Role"]!;
        Assert.Equal((narrow, 43200), (Text(role, "RolePolicyDocument"), role["MaxSessionDuration"]!.GetValue<int>()));
    }

    [Fact]
    public void A_role_goes_with_its_policies()
    {
        _world.Call("AttachPoliciesToRole", [("RoleName", "ops/runner"), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), .. UcsWorld.ScopeOf(_world.Project)]);
        _world.Bench.Call("PutRolePolicy", ("RoleName", "runner"), ("PolicyName", "own"), ("PolicyDocument", Texts.AllowsListing));
        _world.Bench.AsHolderOf("iam:DeleteRole");
        Assert.Equal("AccessDenied", _world.Refusal("DeleteRole", ("RoleName", "ops/runner")).Code);
        _world.Bench.As("admin");
        _world.Call("DeleteRole", ("RoleName", "ops/runner"));
        Assert.Equal(11277, _world.Refusal("DeleteRole", ("RoleName", "ops/runner")).RetCode);
        _world.Call("DeleteIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn));
    }

    [Fact]
    public void Roles_are_listed_without_their_trust()
    {
        var list = _world.Call("ListRoles");
        Assert.Equal(["RoleName", "RoleURN", "Description", "IsEditable", "CreatedAt"], list["Roles"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal(1, list["TotalCount"]!.GetValue<int>());
    }

    [Fact]
    public void Groups_have_descriptions_and_members_with_the_time_they_came()
    {
        Assert.Equal("各组", Text(_world.Call("GetGroup", ("GroupName", "team"))["Group"]!, "Description"));
        _world.Call("UpdateGroup", ("GroupName", "team"), ("Description", "x"));
        Assert.Equal("x", Text(_world.Call("ListGroups")["Groups"]![0]!, "Description"));
        _world.Call("AddUserToGroup", ("UserName", "alice"), ("GroupName", "team"));
        _world.Call("AddUserToGroup", ("UserName", "alice"), ("GroupName", "team"));
        var members = _world.Call("ListUsersForGroup", ("GroupName", "team"));
        Assert.Equal(["UserName", "DisplayName", "Email", "JoinedAt"], members["Users"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal((1, _world.Bench.Now.ToUnixTimeSeconds()), (members["TotalCount"]!.GetValue<int>(), members["Users"]![0]!["JoinedAt"]!.GetValue<long>()));
        _world.Call("RemoveUserFromGroup", ("UserName", "alice"), ("GroupName", "team"));
        Assert.Null(_world.Alice.Joined);
        Assert.Equal("NoSuchEntity", _world.Refusal("RemoveUserFromGroup", ("UserName", "alice"), ("GroupName", "team")).Code);
        Assert.Equal(11162, _world.Refusal("GetGroup", ("GroupName", "gone")).RetCode);
        Assert.Equal(11162, _world.Refusal("AddUserToGroup", ("UserName", "alice"), ("GroupName", "gone")).RetCode);
        Assert.Equal(11021, _world.Refusal("AddUserToGroup", ("UserName", "gone"), ("GroupName", "team")).RetCode);
    }

    [Theory]
    [InlineData("iam:DeleteGroup")]
    [InlineData("iam:RemoveUserFromGroup")]
    [InlineData("iam:DetachGroupPolicy")]
    public void A_group_goes_with_members_and_policies_if_the_caller_may_do_each(string denied)
    {
        _world.Call("AddUserToGroup", ("UserName", "alice"), ("GroupName", "team"));
        _world.Call("AttachPoliciesToGroup", [("GroupName", "team"), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), .. UcsWorld.ScopeOf(null)]);
        var policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"{{denied}}","Resource":"*"}]}""";
        _world.Bench.Put(DocumentKinds.User, new User { Name = "holder", Path = "/", Id = "AIDAHOLDER", Created = _world.Bench.Now, Inline = [new("only", policy)] });
        _world.Bench.As("holder");
        Assert.Equal("AccessDenied", _world.Refusal("DeleteGroup", ("GroupName", "team")).Code);
        _world.Bench.As("admin");
        _world.Call("DeleteGroup", ("GroupName", "team"));
        Assert.Empty(_world.Alice.Groups);
        Assert.Equal(11162, _world.Refusal("ListPoliciesForGroup", ("GroupName", "team")).RetCode);
    }

    [Fact]
    public void A_key_is_changed_by_its_id_with_the_permission_on_its_user()
    {
        var key = _world.Call("CreateAccessKey", ("UserName", "alice"))["AccessKey"]!;
        Assert.Equal(["AccessKeyID", "AccessKeySecret", "UserId", "Description", "Status", "CreatedAt"], key.AsObject().Select(member => member.Key));
        var id = Text(key, "AccessKeyID");
        _world.Bench.AsHolderOf("iam:*", "arn:aws:iam::123456789012:user/holder");
        foreach (var action in (string[])["UpdateAccessKey", "DeleteAccessKey"])
        {
            Assert.Equal("AccessDenied", _world.Refusal(action, ("AccessKeyID", id)).Code);
            // Nobody learns in this way which keys there are.
            Assert.Equal("AccessDenied", _world.Refusal(action, ("AccessKeyID", "AKIAQEXAMPLEEXAMPLE9")).Code);
        }
        _world.Bench.As("admin");
        _world.Call("UpdateAccessKey", ("AccessKeyID", id), ("Status", "Inactive"), ("Description", "old"));
        var listed = _world.Call("ListAccessKeys", ("UserName", "alice"))["AccessKey"]!.AsArray();
        Assert.Equal(("Inactive", "old", null), (Text(listed[0]!, "Status"), Text(listed[0]!, "Description"), listed[0]!["AccessKeySecret"]));
        _world.Call("DeleteAccessKey", ("AccessKeyID", id));
        Assert.Equal("NoSuchEntity", _world.Refusal("DeleteAccessKey", ("AccessKeyID", id)).Code);
        Assert.Equal(11021, _world.Refusal("CreateAccessKey", ("UserName", "gone")).RetCode);
    }

    [Fact]
    public void The_command_line_learns_who_calls_and_which_regions_there_are()
    {
        _world.Bench.Call("RegisterService", ("Name", "uhost"), ("Region", "cn-bj2"));
        _world.Bench.As("alice");
        var region = _world.Call("GetRegion")["Regions"]!.AsArray();
        Assert.Equal([("us-east-1", true), ("cn-bj2", false)], region.Select(each => (Text(each!, "Region"), each!["IsDefault"]!.GetValue<bool>())));
        Assert.Equal(["RegionId", "RegionName", "Region", "Zone", "IsDefault", "BitMaps"], region[0]!.AsObject().Select(member => member.Key));
        var info = _world.Call("GetUserInfo")["DataSet"]![0]!;
        Assert.Equal(("alice", 123456789012, "ucs:iam::123456789012:user/alice"), (Text(info, "UserName"), info["CompanyId"]!.GetValue<long>(), Text(info, "UserURN")));
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
