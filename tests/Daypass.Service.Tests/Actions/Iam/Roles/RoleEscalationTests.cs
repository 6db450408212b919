using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Roles;

/// <summary>A caller who holds one permission can do that one thing.</summary>
public sealed class RoleEscalationTests
{
    // Every way to more power that roles, policies, attachments and boundaries offer, with the parameters that would take it.
    private static readonly Dictionary<string, string[]> Ways = new(StringComparer.Ordinal)
    {
        ["CreateRole"] = ["RoleName", "new", "AssumeRolePolicyDocument", Texts.TrustsAccount],
        ["UpdateAssumeRolePolicy"] = ["RoleName", "target", "PolicyDocument", Texts.TrustsAccount],
        ["UpdateRole"] = ["RoleName", "target", "MaxSessionDuration", "43200"],
        ["UpdateRoleDescription"] = ["RoleName", "target", "Description", "x"],
        ["TagRole"] = ["RoleName", "target", "Tags.member.1.Key", "team", "Tags.member.1.Value", "web"],
        ["UntagRole"] = ["RoleName", "target", "TagKeys.member.1", "team"],
        ["AttachRolePolicy"] = ["RoleName", "target", "PolicyArn", Texts.Limits],
        ["AttachUserPolicy"] = ["UserName", "holder", "PolicyArn", Texts.Limits],
        ["AttachGroupPolicy"] = ["GroupName", "staff", "PolicyArn", Texts.Limits],
        ["DetachRolePolicy"] = ["RoleName", "target", "PolicyArn", Texts.Administrator],
        ["PutRolePermissionsBoundary"] = ["RoleName", "target", "PermissionsBoundary", Texts.Limits],
        ["DeleteRolePermissionsBoundary"] = ["RoleName", "target"],
        ["PutUserPermissionsBoundary"] = ["UserName", "holder", "PermissionsBoundary", Texts.Limits],
        ["DeleteUserPermissionsBoundary"] = ["UserName", "holder"],
        ["CreatePolicy"] = ["PolicyName", "new", "PolicyDocument", Texts.AllowsAll],
        ["CreatePolicyVersion"] = ["PolicyArn", Texts.Limits, "PolicyDocument", Texts.AllowsAll],
        ["SetDefaultPolicyVersion"] = ["PolicyArn", Texts.Limits, "VersionId", "v2"],
        ["DeletePolicyVersion"] = ["PolicyArn", Texts.Limits, "VersionId", "v2"],
        ["TagPolicy"] = ["PolicyArn", Texts.Limits, "Tags.member.1.Key", "team", "Tags.member.1.Value", "web"],
    };

    private readonly ActionBench _bench = new();

    public RoleEscalationTests()
    {
        _bench.Call("CreateRole", ("RoleName", "target"), ("AssumeRolePolicyDocument", Texts.Trusting("arn:aws:iam::123456789012:user/admin")));
        _bench.Call("AttachRolePolicy", ("RoleName", "target"), ("PolicyArn", Texts.Administrator));
        _bench.Call("CreateGroup", ("GroupName", "staff"));
        _bench.Call("CreatePolicy", ("PolicyName", "limits"), ("PolicyDocument", Texts.AllowsListing));
        _bench.Call("CreatePolicyVersion", ("PolicyArn", Texts.Limits), ("PolicyDocument", Texts.AllowsAll));
    }

    public static TheoryData<string> Actions => [.. Ways.Keys];

    [Theory, MemberData(nameof(Actions))]
    public void A_holder_of_only_this_permission_can_do_only_this(string held)
    {
        _bench.AsHolderOf("iam:" + held);
        foreach (var (action, parameters) in Ways.Where(way => way.Key != held))
        {
            var error = _bench.Refusal(action, parameters.AsPairs());
            Assert.Equal("AccessDenied", error.Code);
            Assert.EndsWith($"because no identity-based policy allows the iam:{action} action", error.Message, StringComparison.Ordinal);
        }
        Assert.NotNull(_bench.Call(held, Ways[held].AsPairs()));
    }

    [Theory]
    [InlineData("CreateRole", "iam:TagRole", "RoleName", "new", "AssumeRolePolicyDocument", Texts.TrustsAccount)]
    [InlineData("CreatePolicy", "iam:TagPolicy", "PolicyName", "new", "PolicyDocument", Texts.AllowsListing)]
    [InlineData("CreateUser", "iam:TagUser", "UserName", "new")]
    public void Who_may_create_but_not_tag_creates_nothing_with_tags(string action, string missing, params string[] parameters)
    {
        _bench.AsHolderOf("iam:" + action);
        var error = _bench.Refusal(action, [.. parameters.AsPairs(), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "web")]);
        Assert.EndsWith($"because no identity-based policy allows the {missing} action", error.Message, StringComparison.Ordinal);
        _bench.Call(action, parameters.AsPairs());
    }

    [Fact]
    public void A_condition_on_the_role_s_tags_sees_those_that_are_stored()
    {
        _bench.AsHolderOf("iam:UpdateAssumeRolePolicy", "*", """{"StringEquals":{"iam:ResourceTag/team":"web"}}""");
        Assert.Equal("AccessDenied", _bench.Refusal("UpdateAssumeRolePolicy", ("RoleName", "target"), ("PolicyDocument", Texts.TrustsAccount)).Code);
        _bench.As(ActionBench.Admin).Call("TagRole", ("RoleName", "target"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "web"));
        _bench.As("holder").Call("UpdateAssumeRolePolicy", ("RoleName", "target"), ("PolicyDocument", Texts.TrustsAccount));
    }

    [Theory]
    [InlineData(false, "team", "ops")]
    [InlineData(false, "team", "web", "admin", "yes")]
    [InlineData(true, "team", "web")]
    public void A_condition_on_tags_to_be_set_sees_those_of_the_request(bool isAllowed, params string[] tags)
    {
        _bench.AsHolderOf("iam:TagRole", "*", """{"StringEquals":{"aws:RequestTag/team":"web"},"ForAllValues:StringEquals":{"aws:TagKeys":"team"}}""");
        (string, string)[] parameters = [("RoleName", "target"), .. tags.Select((text, i) => ($"Tags.member.{(i / 2) + 1}.{(i % 2 == 0 ? "Key" : "Value")}", text))];
        if (isAllowed)
            _bench.Call("TagRole", parameters);
        else
            Assert.Equal("AccessDenied", _bench.Refusal("TagRole", parameters).Code);
    }

    [Theory]
    [InlineData("target")]
    [InlineData("nobody")]
    public void Who_may_not_ask_learns_nothing_of_what_exists(string name)
    {
        _bench.AsHolderOf("s3:GetObject");
        Assert.Equal(
            $"User: arn:aws:iam::123456789012:user/holder is not authorized to perform: iam:GetRole on resource: arn:aws:iam::123456789012:role/{name} because no identity-based policy allows the iam:GetRole action",
            _bench.Refusal("GetRole", ("RoleName", name)).Message);
    }

    [Fact]
    public void A_role_on_a_path_is_another_resource_than_one_on_the_root()
    {
        _bench.Call("CreateRole", ("RoleName", "inner"), ("Path", "/admins/"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        _bench.AsHolderOf("iam:DeleteRole", "arn:aws:iam::123456789012:role/inner");
        Assert.Contains("on resource: arn:aws:iam::123456789012:role/admins/inner because", _bench.Refusal("DeleteRole", ("RoleName", "inner")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_changed_after_the_question_is_asked_again()
    {
        var update = _bench.Begin("UpdateAssumeRolePolicy", ("RoleName", "target"), ("PolicyDocument", Texts.TrustsAccount));
        _bench.Call("TagRole", ("RoleName", "target"), ("Tags.member.1.Key", "locked"), ("Tags.member.1.Value", "yes"));
        Assert.False(update.TryCommit());
    }

    [Fact]
    public void Terraform_s_read_and_destroy_of_a_role_work()
    {
        Assert.NotNull(_bench.Call("GetRole", ("RoleName", "target"))["Role"]!["Arn"]);
        Assert.Empty(_bench.Call("ListRolePolicies", ("RoleName", "target"))["PolicyNames"]!.AsArray());
        foreach (var arn in _bench.Call("ListAttachedRolePolicies", ("RoleName", "target"))["AttachedPolicies"].Each("PolicyArn").ToList())
            _bench.Call("DetachRolePolicy", ("RoleName", "target"), ("PolicyArn", arn));
        Assert.Empty(_bench.Call("ListInstanceProfilesForRole", ("RoleName", "target"))["InstanceProfiles"]!.AsArray());
        _bench.Call("DeleteRole", ("RoleName", "target"));
        Assert.Equal("NoSuchEntity", _bench.Refusal("GetRole", ("RoleName", "target")).Code);
    }
}
